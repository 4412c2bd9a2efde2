import { viridisGradient } from '../../../charts/viridis.ts';
import { formatPower } from '../../../format.ts';
import styles from './insight.module.css';
import { colourShare, legendTicks } from './tokenMap.ts';

/** The colours of the map: the relative residual, on a log scale that depends on the tolerance only. */
export function ColourLegend({ tolerance }: { readonly tolerance: number }) {
  return (
    <div className={styles['legend']}>
      <span>‖f(z)−z‖ / ‖f(z)‖</span>
      <div className={styles['scale']}>
        <div className={styles['ramp']} style={{ background: viridisGradient }} />
        <div
          className={styles['limit']}
          style={{ left: `${String(100 * colourShare(tolerance, tolerance))}%` }}
        />
        {legendTicks(tolerance).map((value) => (
          <span
            key={value}
            className={styles['scaleTick']}
            style={{ left: `${String(100 * colourShare(value, tolerance))}%` }}
          >
            {formatPower(value)}
          </span>
        ))}
      </div>
    </div>
  );
}
