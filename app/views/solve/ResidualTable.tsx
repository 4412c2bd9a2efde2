import { eventWords, worst } from '../../charts/series.ts';
import type { IterationRecord } from '../../../src/engine/protocol.ts';
import { formatExact } from '../../format.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import styles from './ResidualTable.module.css';

/** The records of a solve as numbers. */
export function ResidualTable({ records }: { readonly records: readonly IterationRecord[] }) {
  return (
    <DataTable
      label="Table of records"
      className={styles['events']}
      columns={columns}
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
