import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Trajectory } from './exploreProtocol.ts';

type Pair = readonly [number, number];

/**
 * A solve's points in two dimensions: as they are where they have two, else on their first two principal
 * components. The basis is fitted on all of them, so it changes as they become more. From the first point
 * that is not finite on, the last finite one stands.
 */
export function project(points: readonly ArrayLike<number>[]): Trajectory {
  const finite = points.findIndex((point) => !Array.from(point).every(Number.isFinite));
  const usable = finite < 0 ? points : points.slice(0, finite);
  const n = points[0]?.length ?? 0;
  const [plane, explained] = n === 2 ? [usable.map(pair), undefined] : principal(usable, n);
  const last = plane.at(-1) ?? ([0, 0] as const);
  const all = points.map((_, k) => plane[k] ?? last);
  return explained ? { basis: 'pca', points: all, explained } : { basis: 'plane', points: all };
}

const pair = (point: ArrayLike<number>): Pair => [point[0] ?? 0, point[1] ?? 0];

/** Principal components by the Gram matrix of the centred points: they are few, and long. */
function principal(
  points: readonly ArrayLike<number>[],
  n: number,
): [points: Pair[], explained: Pair] {
  const count = points.length;
  if (count < 2) return [points.map(() => [0, 0] as const), [0, 0]];
  const mean = new Float64Array(n);
  for (const point of points)
    for (let i = 0; i < n; i++) mean[i] = (mean[i] ?? 0) + (point[i] ?? 0) / count;
  const centred = points.map((point) => Float64Array.from(mean, (m, i) => (point[i] ?? 0) - m));
  const gram = Matrix.zeros(count, count);
  for (let a = 0; a < count; a++)
    for (let b = a; b < count; b++) {
      const [x, y] = [centred[a] as Float64Array, centred[b] as Float64Array];
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (x[i] as number) * (y[i] as number);
      gram.set(a, b, sum);
      gram.set(b, a, sum);
    }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0));
  const total = realEigenvalues.reduce((sum, value) => sum + Math.max(0, value), 0);
  const axes = [0, 1].map((axis) => {
    const index = order[axis];
    const value = index === undefined ? 0 : Math.max(0, realEigenvalues[index] ?? 0);
    const along = Array.from({ length: count }, (_, k) =>
      index === undefined ? 0 : Math.sqrt(value) * eigenvectorMatrix.get(k, index),
    );
    // An eigenvector's sign is arbitrary; this one starts on the left, or below.
    const flip = (along[0] ?? 0) > 0 ? -1 : 1;
    return { share: total > 0 ? value / total : 0, along: along.map((x) => flip * x) };
  }) as [{ share: number; along: number[] }, { share: number; along: number[] }];
  const [first, second] = axes;
  return [
    first.along.map((x, k) => [x, second.along[k] ?? 0] as const),
    [first.share, second.share],
  ];
}
