import { rateWords } from '../../charts/rateWords.ts';
import { eventWords, worst, type Measure } from '../../charts/series.ts';
import type { IterationRecord } from '../../../src/engine/protocol.ts';
import { formatExact } from '../../format.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import styles from './ResidualTable.module.css';

/** The records of a solve as numbers. */
export function ResidualTable(props: {
  readonly records: readonly IterationRecord[];
  readonly measure: Measure;
  /** Factor per iteration that is drawn through the newest point of the chart. */
  readonly rate?: number | null | undefined;
}) {
  const { records, measure, rate } = props;
  const newest = records.at(-1);
  const expected: readonly Column<IterationRecord>[] =
    rate && newest
      ? [
          {
            title: `${rateWords(rate)}, ${measure === 'rel' ? 'relative' : 'absolute'}`,
            value: ({ iteration }) =>
              formatExact(worst(newest[measure]) * rate ** (iteration - newest.iteration)),
          },
        ]
      : [];
  return (
    <DataTable
      label="Table of records"
      className={styles['events']}
      columns={[...columns, ...expected]}
      records={records}
      keyOf={({ iteration }) => iteration}
    />
  );
}

const columns: readonly Column<IterationRecord>[] = [
  { title: 'iteration', value: ({ iteration }) => iteration },
  { title: 'evaluations', value: ({ evaluations }) => evaluations },
  { title: 'absolute', value: ({ abs }) => formatExact(worst(abs)) },
  { title: 'relative', value: ({ rel }) => formatExact(worst(rel)) },
  { title: 'ms', value: ({ milliseconds }) => milliseconds.toFixed(2) },
  { title: 'event', value: ({ event }) => (event ? eventWords[event] : '') },
];
