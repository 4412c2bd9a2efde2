import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { RunHead } from '../../../src/runs/run.ts';
import { plural } from '../../format.ts';
import { Card } from '../../ui/Card.tsx';
import table from '../../ui/table.module.css';
import { compareState, useCompare } from './compareState.ts';
import styles from './CompareView.module.css';
import { RunTableRow, type RowContext } from './RunTableRow.tsx';
import { filterRows, rowsOf, sortRows, type ColumnKey } from './rows.ts';

/** Rows that are drawn before they are asked for. */
const FIRST_ROWS = 40;

interface Head {
  readonly key: ColumnKey;
  readonly title: string;
  readonly help: string;
  /** Whether the largest is the first to see. */
  readonly falling?: boolean;
}

const heads: readonly Head[] = [
  { key: 'visible', title: 'Shown', help: 'Drawn in the charts, at most six' },
  { key: 'name', title: 'Name', help: 'What the run is called' },
  {
    key: 'diff',
    title: 'Difference',
    help: 'From the baseline; of the baseline, or without one, from the preset',
  },
  {
    key: 'outcome',
    title: 'Outcome',
    help: 'Final residual of a solve, held-out loss of a training: lower is better',
  },
  { key: 'evaluations', title: 'Evaluations', help: 'Evaluations of f: lower is better' },
  { key: 'pace', title: 'Time', help: 'An iteration, or a training step: lower is better' },
  { key: 'peak', title: 'Peak', help: 'Peak memory: lower is better' },
  {
    key: 'tokens',
    title: 'Per second',
    help: 'Tokens, digits or points learnt from in a second: higher is better',
    falling: true,
  },
  { key: 'date', title: 'Date', help: 'When it was kept', falling: true },
];

/** Every run with its numbers, and how they differ from the baseline's. */
export function RunsTable({
  runs,
  baseline,
  context,
}: {
  readonly runs: readonly RunHead[];
  readonly baseline: RunHead | null;
  readonly context: RowContext;
}) {
  const filter = useCompare((state) => state.filter);
  const sorting = useCompare((state) => state.sorting);
  const [all, setAll] = useState(false);
  const rows = useMemo(() => rowsOf(runs, baseline), [runs, baseline]);
  const found = useMemo(() => filterRows(rows, filter), [rows, filter]);
  // A tick must not move a row from under the pointer, unless the ticks are what it is sorted by.
  const ticks = sorting.by === 'visible' ? context.visible : null;
  const sorted = useMemo(() => sortRows(found, sorting, ticks ?? []), [found, sorting, ticks]);
  const listed = all ? sorted : sorted.slice(0, FIRST_ROWS);
  return (
    <Card
      title="Runs"
      aside={
        <>
          <span role="status">
            {filter === ''
              ? plural(runs.length, 'run')
              : `${String(found.length)} of ${plural(runs.length, 'run')}`}
          </span>
          <input
            type="search"
            className={styles['search']}
            aria-label="Filter runs"
            placeholder="Filter: a name, a setting, a preset…"
            value={filter}
            onChange={({ target }) => {
              compareState.setState({ filter: target.value });
            }}
          />
        </>
      }
    >
      <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Table of runs">
        <table className={clsx(table['table'], styles['runs'])}>
          <thead>
            <tr>
              {heads.map((head) => (
                <SortHead
                  key={head.key}
                  head={head}
                  direction={
                    sorting.by === head.key
                      ? sorting.descending
                        ? 'descending'
                        : 'ascending'
                      : 'none'
                  }
                />
              ))}
              <th scope="col">Actions</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((row) => (
              <RunTableRow key={row.head.id} row={row} baseline={baseline} context={context} />
            ))}
          </tbody>
        </table>
        {found.length === 0 && (
          <p className={styles['muted']}>
            No run has all of “{filter}”.{' '}
            <button
              type="button"
              data-inline
              onClick={() => {
                compareState.setState({ filter: '' });
              }}
            >
              Show all
            </button>
          </p>
        )}
      </div>
      {listed.length < sorted.length && (
        <button
          type="button"
          className={styles['more']}
          onClick={() => {
            setAll(true);
          }}
        >
          Show the other {sorted.length - listed.length}
        </button>
      )}
    </Card>
  );
}

function SortHead({
  head: { key, title, help, falling = false },
  direction,
}: {
  readonly head: Head;
  readonly direction: 'ascending' | 'descending' | 'none';
}) {
  const Icon = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[direction];
  return (
    <th scope="col" aria-sort={direction}>
      <button
        type="button"
        className={styles['sort']}
        title={`${help}. Press to sort.`}
        onClick={() => {
          const descending = direction === 'none' ? falling : direction === 'ascending';
          compareState.setState({ sorting: { by: key, descending } });
        }}
      >
        {title}
        <Icon size={12} aria-hidden />
      </button>
    </th>
  );
}
