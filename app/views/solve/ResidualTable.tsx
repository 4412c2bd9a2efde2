import { solverEvents } from '../../../src/numerics/settingsOf.ts';
import { picardResidual } from '../../charts/picardLine.ts';
import { rateWords } from '../../charts/rateWords.ts';
import { worst, type Measure } from '../../charts/series.ts';
import type { IterationRecord } from '../../../src/engine/protocol/protocol.ts';
import { formatExact } from '../../format.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import styles from './ResidualTable.module.css';

/** The records of a solve as numbers. */
export default function ResidualTable(props: {
  readonly records: readonly IterationRecord[];
  readonly measure: Measure;
  /** Factor per iteration that plain iteration is predicted to gain from record `from` on. */
  readonly rate?: number | null | undefined;
  /** The first record of this solve's own: a branch begins at its fork. */
  readonly from?: number;
}) {
  const { records, measure, rate, from = 0 } = props;
  const first = records[from];
  const expected: readonly Column<IterationRecord>[] =
    rate && rate < 1 && first
      ? [
          {
            title: `${rateWords(rate)}, ${measure === 'rel' ? 'relative' : 'absolute'}`,
            value: ({ iteration }) =>
              iteration < from
                ? ''
                : formatExact(picardResidual(worst(first[measure]), rate, iteration - from)),
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
  { title: 'event', value: ({ event }) => (event ? solverEvents[event].words : '') },
];
