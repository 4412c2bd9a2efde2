import { eventWords, worst } from '../../charts/series.ts';
import type { IterationRecord } from '../../../src/engine/protocol.ts';
import { formatExact } from '../../format.ts';
import styles from './ResidualTable.module.css';

/** The records as numbers: for screen readers, for copying, for checking. */
export function ResidualTable({ records }: { readonly records: readonly IterationRecord[] }) {
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Table of records">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">iteration</th>
            <th scope="col">evaluations</th>
            <th scope="col">absolute</th>
            <th scope="col">relative</th>
            <th scope="col">ms</th>
            <th scope="col">event</th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.iteration}>
              <th scope="row">{record.iteration}</th>
              <td>{record.evaluations}</td>
              <td>{formatExact(worst(record.abs))}</td>
              <td>{formatExact(worst(record.rel))}</td>
              <td>{record.milliseconds.toFixed(2)}</td>
              <td>{record.event ? eventWords[record.event] : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
