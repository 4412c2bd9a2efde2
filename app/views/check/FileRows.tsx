import { clsx } from 'clsx';
import { CircleCheck, CircleX } from 'lucide-react';
import type { CheckRow } from '../../../src/engine/protocol/protocol.ts';
import { formatPower, formatResidual } from '../../format.ts';
import { Card } from '../../ui/Card.tsx';
import table from '../../ui/table.module.css';
import { groupNames, measures } from './checkWords.ts';
import styles from './CheckView.module.css';

/** The checks of one file of reference values. */
export function FileRows({
  file,
  rows,
}: {
  readonly file: string;
  readonly rows: readonly CheckRow[];
}) {
  const passed = rows.filter((row) => row.passed).length;
  return (
    <Card title={file} aside={`${String(passed)} of ${String(rows.length)} passed`}>
      <div className={styles['scroll']} tabIndex={0} role="group" aria-label={`Checks of ${file}`}>
        <table className={clsx(table['table'], styles['table'])}>
          <thead>
            <tr>
              <th scope="col">check</th>
              <th scope="col">error</th>
              <th scope="col">bound</th>
              <th scope="col">result</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ group, what, error, bound, passed: right, problem }, index) => {
              const Icon = right ? CircleCheck : CircleX;
              return (
                <tr key={index} data-failed={!right}>
                  <th scope="row">
                    <b>{groupNames[group]}</b> {what}
                    {problem !== undefined && <p>{problem}</p>}
                  </th>
                  <td title={measures[group]}>{formatResidual(error)}</td>
                  <td>{formatPower(bound)}</td>
                  <td>
                    <span className={styles['result']}>
                      <Icon size={14} aria-hidden />
                      {right ? 'passed' : 'failed'}
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
