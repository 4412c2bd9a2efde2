import { clsx } from 'clsx';
import type { GradientReport } from '../../../../src/engine/protocol/protocol.ts';
import { markerPaths } from '../../../charts/markers.ts';
import { formatPeak, formatMilliseconds, formatResidual } from '../../../format.ts';
import hidden from '../../../ui/hidden.module.css';
import table from '../../../ui/table.module.css';
import styles from './GradientCard.module.css';
import { gradientLooks, gradientStatus } from './gradientWords.ts';

/** The comparison as numbers. */
export function GradientTable({ report }: { readonly report: GradientReport }) {
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Gradients compared">
      <table className={clsx(table['table'], styles['table'])}>
        <thead>
          <tr>
            <th scope="col">gradient</th>
            <th scope="col" title="Cosine of the angle to the exact gradient">
              cosine
            </th>
            <th scope="col" title="‖g − g*‖ / ‖g*‖ over all parameters">
              rel. error
            </th>
            <th scope="col">time</th>
            <th scope="col" title="Evaluations of f beyond the forward solve + backward passes">
              f + bwd
            </th>
            <th scope="col" title="Peak bytes above what was live before">
              peak
            </th>
            <th scope="col" title="Whether its adjoint solve converged">
              solve
            </th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => {
            const { stroke, marker } = gradientLooks[row.kind];
            const { sign, words } = gradientStatus(row);
            return (
              <tr key={row.label}>
                <th scope="row">
                  <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden>
                    <path d={markerPaths[marker]} fill={stroke} stroke={stroke} strokeWidth="1.6" />
                  </svg>
                  {row.label}
                </th>
                <td>{row.cosine.toFixed(4)}</td>
                <td>{formatResidual(row.relativeError)}</td>
                <td>{formatMilliseconds(row.milliseconds)}</td>
                <td>
                  {row.evaluations} + {row.backwardPasses}
                </td>
                <td>{formatPeak(row.peakBytes)}</td>
                <td data-inexact={row.status !== undefined && row.status !== 'converged'}>
                  <span aria-hidden title={words}>
                    {sign}
                  </span>
                  <span className={hidden['hidden']}>{words}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
