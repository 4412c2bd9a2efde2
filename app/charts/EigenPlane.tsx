import { useId } from 'react';
import type { Complex } from '../../src/engine/protocol/protocol.ts';

/** Beyond this the unit circle would shrink to a dot; what lies outside is drawn at the rim. */
const MOST_EXTENT = 4;

/**
 * Eigenvalues in the complex plane with the three regions where iterations converge: the unit circle of plain iteration,
 * the larger one of iteration damped by β, the half plane of the flow. Hollow dots show where damping moves them.
 */
export function EigenPlane(props: {
  readonly values: readonly Complex[];
  readonly moved: readonly Complex[];
  /** Damping of the second region. */
  readonly beta: number;
  readonly size: number;
  readonly summary: string;
}) {
  const { values, moved, beta, size, summary } = props;
  const clip = useId();
  const reach = Math.max(...values.flatMap(([re, im]) => [Math.abs(re), Math.abs(im)]), 1);
  const extent = Math.min(MOST_EXTENT, reach) * 1.14;
  const unit = size / (2 * extent);
  const clamp = (value: number): number => Math.max(-extent, Math.min(extent, value));
  const x = (re: number): number => size / 2 + clamp(re) * unit;
  const y = (im: number): number => size / 2 - clamp(im) * unit;
  return (
    <svg width={size} height={size} role="img" aria-label={summary} fontSize="11.5">
      <clipPath id={clip}>
        <rect width={size} height={size} />
      </clipPath>
      {/* Left of the line the flow converges. */}
      <rect width={x(1)} height={size} fill="var(--series-5)" opacity="0.1" />
      <path
        d={`M${x(1)} 0V${size}`}
        stroke="var(--series-5)"
        strokeWidth="2"
        strokeDasharray="10 4"
      />
      <path d={`M0 ${size / 2}H${size}M${size / 2} 0V${size}`} stroke="var(--line)" />
      {beta < 1 && (
        <circle
          clipPath={`url(#${clip})`}
          cx={size / 2 + (1 - 1 / beta) * unit}
          cy={size / 2}
          r={unit / beta}
          fill="none"
          stroke="var(--series-2)"
          strokeWidth="1.5"
          strokeDasharray="6 3"
        />
      )}
      <circle
        cx={size / 2}
        cy={size / 2}
        r={unit}
        fill="none"
        stroke="var(--ok)"
        strokeWidth="1.5"
        strokeDasharray="2 3"
      />
      <text x={x(1) + 3} y={size / 2 - 4} fill="var(--ok)">
        1
      </text>
      {moved.map(([re, im], index) => (
        <circle
          key={index}
          cx={x(re)}
          cy={y(im)}
          r="3.6"
          fill="none"
          stroke="var(--series-2)"
          strokeWidth="1.5"
        />
      ))}
      {values.map(([re, im], index) => (
        <circle key={index} cx={x(re)} cy={y(im)} r="2.6" fill="var(--series-1)">
          <title>{`${re.toFixed(3)} ${im < 0 ? '−' : '+'} ${Math.abs(im).toFixed(3)} i`}</title>
        </circle>
      ))}
    </svg>
  );
}
