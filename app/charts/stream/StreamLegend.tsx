import { valueAt } from './points.ts';
import styles from './StreamChart.module.css';
import type { StreamPicture } from './streamTypes.ts';

/** Names of the lines with their dashes, and their values under the cursor, else the newest. */
export function StreamLegend(props: {
  readonly picture: StreamPicture;
  readonly cursor: number | null;
  readonly xLabel: string;
}) {
  const { picture, cursor, xLabel } = props;
  return (
    <ul className={styles['legend']}>
      {picture.lines.map(({ label, colour, dash, width, opacity, dots, points }) => {
        const value = cursor === null ? points.y.at(-1) : valueAt(points, cursor);
        return (
          <li key={label}>
            <svg width="24" height="8" aria-hidden opacity={Math.max(opacity ?? 1, 0.5)}>
              <path
                d="M0 4H24"
                stroke={`var(${colour})`}
                strokeDasharray={dash.join(' ')}
                strokeWidth={width}
              />
              {dots && (
                <circle cx="12" cy="4" r="2.6" fill="var(--page)" stroke={`var(${colour})`} />
              )}
            </svg>
            {label}
            <b>{value === null || value === undefined ? '—' : picture.formatY(value)}</b>
          </li>
        );
      })}
      {cursor !== null && (
        <li className={styles['at']}>
          at {picture.formatX(cursor)} {xLabel}
        </li>
      )}
    </ul>
  );
}
