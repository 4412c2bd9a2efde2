import type { StateMap } from '../../../../src/engine/protocol/protocol.ts';
import { formatExact } from '../../../format.ts';
import { DataTable, type Column } from '../../../ui/DataTable.tsx';
import styles from './insight.module.css';
import { iterationsTo, rowName, rowNoun, rowOrder, type MapOrder } from './tokenMap.ts';

/** More columns than this say nothing more to anybody who reads numbers. */
const MOST_COLUMNS = 24;

/** The map as numbers: for screen readers, for copying, for checking. */
export function TokenMapTable(props: {
  readonly map: StateMap;
  readonly tolerance: number;
  readonly order: MapOrder;
  readonly start: number;
}) {
  const { map, tolerance, order, start } = props;
  const reached = iterationsTo(map, tolerance);
  const last = map.relative.length - 1;
  const stride = Math.max(1, Math.ceil(last / MOST_COLUMNS));
  const shown = map.relative.flatMap((_, k) => (k % stride === 0 || k === last ? [k] : []));
  const columns: Column<number>[] = [
    { title: 'position', value: (row) => row + 1 },
    { title: rowNoun(map), value: (row) => rowName(map, row) },
    {
      title: 'iterations to tolerance',
      value: (row) => withStart(reached[row] ?? null, start) ?? 'not yet',
    },
    ...shown.map((k) => ({
      title: `k = ${String(k + start)}`,
      value: (row: number) => formatExact(map.relative[k]?.[row] ?? NaN),
    })),
  ];
  return (
    <DataTable
      label="Table of the token map"
      className={styles['table']}
      columns={columns}
      records={rowOrder(map, tolerance, order)}
      keyOf={(row) => row}
    />
  );
}

const withStart = (reached: number | null, start: number): number | null =>
  reached === null ? null : reached + start;
