import { clsx } from 'clsx';
import { Copy, SlidersHorizontal } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { RunHead } from '../../../src/runs/run.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { say } from '../../ui/say.ts';
import table from '../../ui/table.module.css';
import { Toggle } from '../../ui/Toggle.tsx';
import { compareState, useCompare } from './compareState.ts';
import styles from './CompareView.module.css';
import { cannotApply, configRows, takesEffect, type DiffCell, type DiffRow } from './configDiff.ts';
import { runLooks, type Slots } from './looks.ts';
import { Swatch } from './Swatch.tsx';

/** Settings of the visible runs side by side; the first column is the baseline where that is visible. */
export function ConfigDiff({
  runs,
  baseline,
  slots,
}: {
  readonly runs: readonly RunHead[];
  readonly baseline: string | null;
  readonly slots: Slots;
}) {
  const diffOnly = useCompare((state) => state.diffOnly);
  const [open, setOpen] = useState<string | null>(null);
  const ordered = useMemo(
    () => runs.toSorted((a, b) => Number(b.id === baseline) - Number(a.id === baseline)),
    [runs, baseline],
  );
  const rows = useMemo(() => configRows(ordered), [ordered]);
  const different = rows.filter(({ differs }) => differs);
  const shown = diffOnly ? different : rows;
  const [first] = ordered;
  return (
    <Card
      title="Settings"
      aside={
        <>
          <span>
            {different.length} of {rows.length} differ
          </span>
          <Toggle
            pressed={diffOnly}
            title="Leave out what all of these runs have alike"
            onChange={(on) => {
              compareState.setState({ diffOnly: on });
            }}
          >
            Diff only
          </Toggle>
        </>
      }
    >
      {shown.length === 0 ? (
        <p className={styles['muted']}>
          {ordered.length < 2
            ? 'With another run shown, what differs between them stands here.'
            : 'These runs were made with the same settings, on the same device, by the same build.'}
        </p>
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Table of settings">
          <table className={clsx(table['table'], styles['settings'])}>
            <thead>
              <tr>
                <th scope="col">Setting</th>
                {ordered.map((head) => (
                  <th key={head.id} scope="col">
                    <Swatch look={runLooks[slots[head.id] ?? 0] ?? null} /> {head.name}
                    {head.id === baseline && <span className={styles['tag']}>baseline</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.path ?? row.name}>
                  <th scope="row" title={row.path ?? undefined}>
                    {row.name}
                    {row.label.toLowerCase() !== row.name.toLowerCase() && (
                      <span className={styles['sub']}>{row.label}</span>
                    )}
                  </th>
                  {row.cells.map((cell, column) => (
                    <Cell
                      key={cell.head.id}
                      {...{ row, cell, open, setOpen }}
                      against={column > 0 ? (first?.name ?? '') : ''}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

/** One value: pressed, it can be copied and taken into the set-up. */
function Cell(props: {
  readonly row: DiffRow;
  readonly cell: DiffCell;
  /** Name of the run that it is held against; empty in that run's own column. */
  readonly against: string;
  readonly open: string | null;
  readonly setOpen: (id: string | null) => void;
}) {
  const { row, cell, open, setOpen } = props;
  const id = `setting-${(row.path ?? row.name).replace('.', '-')}-${cell.head.id}`;
  const marked = cell.differs && props.against !== '';
  if (cell.words === '—') {
    return (
      <td title="Has no effect in this run" data-differs={marked || undefined}>
        —
      </td>
    );
  }
  return (
    <td data-differs={marked || undefined}>
      <button
        type="button"
        id={id}
        className={styles['value']}
        aria-haspopup="dialog"
        aria-expanded={open === id}
        aria-label={`${row.label} of ${cell.head.name}: ${cell.words}${marked ? `, another than in ${props.against}` : ''}`}
        onClick={() => {
          setOpen(open === id ? null : id);
        }}
      >
        {marked && <span aria-hidden>≠ </span>}
        {cell.words}
      </button>
      {open === id && (
        <ValueMenu
          {...{ row, cell }}
          anchor={`[id="${id}"]`}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </td>
  );
}

function ValueMenu(props: {
  readonly row: DiffRow;
  readonly cell: DiffCell;
  readonly anchor: string;
  readonly onClose: () => void;
}) {
  const {
    row: { path, label },
    cell,
    anchor,
    onClose,
  } = props;
  const store = useAppStore();
  const experiment = useApp((state) => state.experiment);
  const { value, words } = cell;
  const text = value === null ? words : String(value);
  const why = path === null || value === null ? null : cannotApply(path, value, experiment);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => {
        say('success', `Copied: ${words}`);
      },
      () => {
        say('warning', 'The browser does not allow copying', { description: text });
      },
    );
    onClose();
  };
  const apply = (): void => {
    if (path === null || value === null) return;
    const { change } = store.getState();
    change(path, value);
    const taken = store.getState();
    const waits = takesEffect(path, taken.experiment)
      ? ''
      : ' It takes effect once a setting it belongs to is on.';
    const note = taken.notes[path];
    say('success', `${label} in the set-up is ${words} now.${waits}`, {
      ...(note === undefined ? {} : { description: note }),
      duration: 10_000,
      action: {
        label: 'Undo',
        onClick: () => {
          store.getState().undo();
        },
      },
    });
    onClose();
  };
  return (
    <Popover title={label} anchor={anchor} onClose={onClose}>
      <p className={styles['whole']}>{text}</p>
      <div className={styles['menu']}>
        <button type="button" data-first="" onClick={copy}>
          <Copy size={14} aria-hidden /> Copy
        </button>
        {path !== null && (
          <button type="button" disabled={why !== null} onClick={apply}>
            <SlidersHorizontal size={14} aria-hidden /> Apply to the set-up
          </button>
        )}
      </div>
      {why !== null && <p className={styles['muted']}>{why}</p>}
    </Popover>
  );
}
