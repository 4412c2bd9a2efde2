import { formatPower, formatTick } from '../format.ts';
import { palette } from '../theme/palette.ts';
import { chartFrame, margins, type ResidualChartProps } from './frame.ts';
import type { ChartPoint } from './series.ts';
import styles from './TracePreview.module.css';

/**
 * The residual curve as one small SVG: on screen while the chart library loads, so that the
 * first paint already shows a solve. It has the chart's margins, ticks and colours.
 */
export function TracePreview(props: ResidualChartProps) {
  const { points, x, y, batched } = chartFrame(props);
  const [low, high] = y.range;
  const across = (value: number): number => (100 * value) / x.end;
  const log = y.scale === 'log';
  const down = (value: number): number =>
    100 * (log ? Math.log10(high / value) / Math.log10(high / low) : 1 - value / high);
  const line = (key: 'worst' | 'median'): string => path(points, key, across, down);
  return (
    <div className={styles['preview']} aria-hidden>
      <div className={styles['plot']} style={inset}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
          {y.ticks.map((tick) => (
            <line key={tick} x1="0" x2="100" y1={down(tick)} y2={down(tick)} stroke="var(--line)" />
          ))}
          {props.tolerance !== null && (
            <line
              x1="0"
              x2="100"
              y1={down(props.tolerance)}
              y2={down(props.tolerance)}
              stroke={palette.tolerance.stroke}
              strokeDasharray={palette.tolerance.dash}
              strokeWidth="1.5"
            />
          )}
          {batched && (
            <path
              d={line('median')}
              stroke={palette.neutral.stroke}
              strokeDasharray={palette.neutral.dash}
              strokeWidth="1.6"
            />
          )}
          <path d={line('worst')} stroke={palette.current.stroke} strokeWidth="2.4" />
        </svg>
        {y.ticks.map((tick) => (
          <span key={tick} className={styles['y']} style={{ top: `${String(down(tick))}%` }}>
            {(log ? formatPower : formatTick)(tick)}
          </span>
        ))}
        {props.tolerance !== null && (
          <span
            className={styles['tolerance']}
            style={{ top: `${String(down(props.tolerance))}%` }}
          >
            tol {formatPower(props.tolerance)}
          </span>
        )}
        {x.ticks.map((tick) => (
          <span key={tick} className={styles['x']} style={{ left: `${String(across(tick))}%` }}>
            {tick}
          </span>
        ))}
      </div>
    </div>
  );
}

const inset = {
  inset: `${String(margins.top)}px ${String(margins.right)}px ${String(margins.bottom)}px ${String(margins.left)}px`,
};

/** An SVG path through the points, broken where a value isn't a number. */
function path(
  points: readonly ChartPoint[],
  key: 'worst' | 'median',
  across: (x: number) => number,
  down: (y: number) => number,
): string {
  let pen = 'M';
  return points
    .map((point) => {
      const value = point[key];
      if (value === null) {
        pen = 'M';
        return '';
      }
      const command = `${pen}${across(point.x).toFixed(3)} ${down(value).toFixed(3)}`;
      pen = 'L';
      return command;
    })
    .join('');
}
