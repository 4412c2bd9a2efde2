import type { FixedPointMap } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import type { VectorField } from './protocol/exploreProtocol.ts';
import { readAndFree } from '../tf/readback.ts';

/** Grid points along each axis. */
const grid = 13;
/** How much room the picture leaves around the points, of their extent. */
const margin = 0.25;

/**
 * f(z) − z of one sample on a grid around its points, for states `[batch, 2]`. The other samples are given
 * the same points and left out.
 */
export async function vectorField(
  f: FixedPointMap,
  shape: readonly number[],
  sample: number,
  points: readonly (readonly [number, number])[],
): Promise<VectorField> {
  const [xs, ys] = [axis(points.map(([x]) => x)), axis(points.map(([, y]) => y))];
  const [batch = 1] = shape;
  const values = tf.tidy(() =>
    tf.stack(
      ys.flatMap((y) =>
        xs.map((x) =>
          tf.tidy(() => {
            const z = tf.tensor(
              Array.from({ length: batch }, () => [x, y]),
              [...shape],
            );
            return tf.slice(tf.reshape(tf.sub(f(z), z), [batch, 2]), [sample, 0], [1, 2]);
          }),
        ),
      ),
    ),
  );
  const flat = await readAndFree(values);
  const arrows = ys.map((_, row) =>
    xs.map((__, column) => {
      const at = 2 * (row * grid + column);
      return [flat[at] ?? NaN, flat[at + 1] ?? NaN] as const;
    }),
  );
  return { xs, ys, arrows };
}

function axis(values: readonly number[]): number[] {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const extent = Math.max(high - low, 0.5);
  const middle = (low + high) / 2;
  const reach = (0.5 + margin) * extent;
  return Array.from({ length: grid }, (_, i) => middle - reach + (2 * reach * i) / (grid - 1));
}
