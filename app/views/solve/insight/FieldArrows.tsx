import type { VectorField } from '../../../../src/engine/protocol/protocol.ts';
import styles from './trajectory.module.css';
import type { PlaneScale } from './trajectory.ts';

/** How much of a grid cell the longest arrow may fill. */
const FILL = 0.85;

/**
 * f(z) − z as small arrows. Their lengths go with the root of the true ones: near the fixed point,
 * where it matters, the true ones would be dots.
 */
export function FieldArrows(props: { readonly field: VectorField; readonly scale: PlaneScale }) {
  const { field, scale } = props;
  const { xs, ys, arrows } = field;
  const lengths = arrows.flat().map(([x, y]) => Math.hypot(x, y));
  const longest = Math.max(...lengths.filter(Number.isFinite), 1e-12);
  const cell = Math.min(spacing(xs), spacing(ys)) * scale.unit * FILL;
  return (
    <g className={styles['field']}>
      {arrows.flatMap((row, i) =>
        row.map(([dx, dy], j) => {
          const length = Math.hypot(dx, dy);
          const [x, y] = scale.at([xs[j] ?? 0, ys[i] ?? 0]);
          const long = Math.sqrt(length / longest) * cell;
          if (!Number.isFinite(long) || long < 0.5) return null;
          const angle = (180 / Math.PI) * Math.atan2(-dy, dx);
          const head = Math.min(4, long / 2);
          return (
            <path
              key={`${String(i)} ${String(j)}`}
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)})`}
              d={`M${(-long / 2).toFixed(1)} 0H${(long / 2).toFixed(1)}m${(-head).toFixed(1)} ${(-head / 1.4).toFixed(1)}l${head.toFixed(1)} ${(head / 1.4).toFixed(1)}l${(-head).toFixed(1)} ${(head / 1.4).toFixed(1)}`}
            />
          );
        }),
      )}
    </g>
  );
}

const spacing = (values: readonly number[]): number =>
  Math.abs((values[1] ?? 1) - (values[0] ?? 0)) || 1;
