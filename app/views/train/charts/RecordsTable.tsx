import type { TrainRecord } from '../../../../src/engine/protocol.ts';
import { formatCount } from '../../../format.ts';
import styles from './charts.module.css';
import type { Records } from './useRecords.ts';

/** One number of a step. */
export interface Column {
  readonly title: string;
  readonly value: (record: TrainRecord) => string;
}

/** More rows than this help nobody; the newest and every validated step always stay. */
const MOST_ROWS = 120;

/** The records as numbers, newest first: for screen readers, for copying, for checking. */
export function RecordsTable(props: {
  readonly label: string;
  readonly records: Records;
  readonly columns: readonly Column[];
}) {
  const { label, records, columns } = props;
  const both = records.twin.length > 0;
  const rows = [...shown(records.deq), ...shown(records.twin)].sort((a, b) => b.step - a.step);
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label={`Table: ${label}`}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">step</th>
            {both && <th scope="col">network</th>}
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((record) => (
            <tr key={`${record.network} ${record.step}`}>
              <th scope="row">{formatCount(record.step)}</th>
              {both && <td>{record.network === 'deq' ? 'DEQ' : 'twin'}</td>}
              {columns.map(({ title, value }) => (
                <td key={title}>{value(record)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shown(records: readonly TrainRecord[]): readonly TrainRecord[] {
  if (records.length <= MOST_ROWS) return records;
  const stride = Math.ceil(records.length / MOST_ROWS);
  const last = records.length - 1;
  return records.filter(
    ({ validation }, index) => (last - index) % stride === 0 || validation !== undefined,
  );
}
