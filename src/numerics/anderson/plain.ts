import { addScaled, dot } from '../../ops/vectors.ts';
import type { PlainMethod } from '../plain/method.ts';
import { pivotFloor, ridgeCeiling } from './gram.ts';
import type { AndersonOptions } from './settings.ts';

/** A point that is mixed, and its residual. */
interface Mixed {
  readonly z: Float64Array;
  readonly g: Float64Array;
}

/** `anderson` on plain numbers. */
export const plainAnderson = (options: AndersonOptions): PlainMethod => ({
  start: () => {
    const { window, damping } = options;
    /** Newest first. */
    const points: Mixed[] = [];
    return (z, g, next) => {
      points.unshift({ z: z.slice(), g: g.slice() });
      if (points.length > window) points.pop();
      const weights = points.length > 1 ? mixingWeights(points, options) : undefined;
      if (!weights) {
        // The first step is undamped; a later one has nothing to choose among.
        const first = points.length === 1 && window > 1;
        next.set(z);
        addScaled(next, first ? 1 : damping, g);
        return;
      }
      next.fill(0);
      for (const [i, point] of points.entries()) {
        addScaled(next, weights[i] ?? 0, point.z);
        addScaled(next, (weights[i] ?? 0) * damping, point.g);
      }
    };
  },
});

/** The weights of the points, as `mixingWeights` in `gram.ts` has them; undefined where that says singular. */
function mixingWeights(
  points: readonly Mixed[],
  { ridge, ridgeMode }: AndersonOptions,
): Float64Array | undefined {
  const n = points.length;
  const gram = points.map(({ g }) => Float64Array.from(points, (other) => dot(g, other.g)));
  const mean = points.reduce((sum, _, i) => sum + (gram[i]?.[i] ?? 0) / n, 0) || 1;
  const added = Math.min(ridgeMode === 'relative' ? ridge : ridge / mean, ridgeCeiling);
  const h = (i: number, j: number): number => (gram[i]?.[j] ?? 0) / mean + (i === j ? added : 0);
  let anchor = 0;
  for (let i = 1; i < n; i++) if (h(i, i) < h(anchor, anchor)) anchor = i;
  const least = h(anchor, anchor);
  const right = points.map((_, i) => least - h(i, anchor));
  // The reduced system with its right side as a last column.
  const m = points.map((_, i) =>
    Float64Array.from({ length: n + 1 }, (_value, j) =>
      j === n ? (right[i] ?? 0) : h(i, j) - h(anchor, j) + (right[i] ?? 0),
    ),
  );
  let singular = true;
  for (const [i, row] of m.entries()) {
    const pivot = row[i] ?? 0;
    if (pivot > pivotFloor * (h(i, i) + least)) {
      singular = false;
      for (let j = 0; j <= n; j++) row[j] = (row[j] ?? 0) / pivot;
    } else row.fill(0);
    for (const other of m) {
      if (other === row) continue;
      const share = other[i] ?? 0;
      other[i] = 0;
      // Of a row that is left out the column goes too.
      for (let j = 0; j <= n; j++) if (j !== i) other[j] = (other[j] ?? 0) - share * (row[j] ?? 0);
    }
  }
  if (singular) return undefined;
  const weights = Float64Array.from(m, (row) => row[n] ?? 0);
  weights[anchor] = (weights[anchor] ?? 0) + 1 - weights.reduce((sum, weight) => sum + weight, 0);
  return weights;
}
