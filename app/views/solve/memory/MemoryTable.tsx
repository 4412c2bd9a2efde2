import { clsx } from 'clsx';
import { formatPeak, formatPeaks } from '../../../format.ts';
import table from '../../../ui/table.module.css';
import { formatDifference, type MemoryPanel } from './memoryPanel.ts';
import styles from './MemoryCard.module.css';

/** Measured beside analytic, and what the device keeps in reserve. */
export function MemoryTable({ panel }: { readonly panel: MemoryPanel }) {
  const pools = panel.rows.map(({ report }) => report?.pool);
  const measured = panel.rows.some(({ report }) => report);
  return (
    <table
      className={clsx(table['table'], styles['table'])}
      aria-label="Peak memory, measured and analytic"
    >
      <thead>
        <tr>
          <th scope="col">peak</th>
          <th scope="col">measured</th>
          <th scope="col">analytic</th>
          <th scope="col" title="Analytic minus measured, of the measured">
            Δ
          </th>
        </tr>
      </thead>
      <tbody>
        {panel.rows.map(({ variant, name, report, analytic }) => (
          <tr key={variant}>
            <th scope="row">{name}</th>
            <td>{report ? formatPeak(report.peak) : '—'}</td>
            <td>{formatPeak(analytic)}</td>
            <td>{report ? formatDifference(report.peak, analytic) : '—'}</td>
          </tr>
        ))}
        {panel.exact && (
          <tr title="Bytes reserved from the device by the end of the step, free buffers included: DEQ, unrolled, checkpointed">
            <th scope="row">Reserved pool</th>
            <td colSpan={3}>{measured ? formatPeaks(pools, ' · ') : '—'}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
