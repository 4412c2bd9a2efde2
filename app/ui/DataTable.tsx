import { clsx } from 'clsx';
import styles from './DataTable.module.css';

/** One number of a record. */
export interface Column<R> {
  readonly title: string;
  readonly value: (record: R) => string | number;
}

/** Records as numbers, which scroll in the room there is: for screen readers, for copying, for checking. */
export function DataTable<R>(props: {
  readonly label: string;
  /** The first column names the row. */
  readonly columns: readonly Column<R>[];
  readonly records: readonly R[];
  readonly keyOf: (record: R) => string | number;
  readonly className?: string | undefined;
}) {
  const { label, columns, records, keyOf, className } = props;
  return (
    <div className={clsx(styles['scroll'], className)} tabIndex={0} role="group" aria-label={label}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={keyOf(record)}>
              {columns.map(({ title, value }, index) =>
                index === 0 ? (
                  <th key={title} scope="row">
                    {value(record)}
                  </th>
                ) : (
                  <td key={title}>{value(record)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
