import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Trajectory } from './protocol/exploreProtocol.ts';

type Pair = readonly [number, number];
type Point = ArrayLike<number>;

/** A plane in the space of the states. */
export interface Basis {
  readonly centre: Float64Array;
  /** Orthonormal; a row of zeros where the points have no such direction. */
  readonly axes: readonly [Float64Array, Float64Array];
}

/** Points that a first basis needs: with fewer, the second axis is whatever the third point will be. */
const FEWEST = 3;

/**
 * The planes in which one solve's points are drawn. While the solve goes on the plane stays the one that its first few
 * points had, so that a step adds a point and moves none; once it has ended (or has grown to twice the points the
 * plane was fitted on) the principal components are fitted again, their signs kept.
 */
export class TrajectoryBasis {
  #basis: Basis | undefined;
  #fittedOn = 0;
  #ended = false;

  /** Points 0..k of the solve, and whether it has ended; looking back at fewer fits nothing. */
  project(points: readonly Point[], ended: boolean): Trajectory {
    const finite = points.findIndex((point) => !Array.from(point).every(Number.isFinite));
    const usable = finite < 0 ? points : points.slice(0, finite);
    const flat = points[0]?.length === 2;
    const plane = flat ? usable.map(pair) : this.#onPlane(usable, ended);
    // From the first point that is not finite on, the last finite one stands.
    const last = plane.at(-1) ?? ([0, 0] as const);
    const all = points.map((_, k) => plane[k] ?? last);
    return flat
      ? { basis: 'plane', points: all }
      : { basis: 'pca', points: all, explained: explainedBy(plane, usable) };
  }

  #onPlane(points: readonly Point[], ended: boolean): Pair[] {
    const count = points.length;
    const young = this.#basis === undefined || this.#fittedOn < FEWEST;
    const due = young || count >= 2 * this.#fittedOn || (ended && !this.#ended);
    if (count > this.#fittedOn && due) {
      this.#basis = fit(points, this.#basis);
      this.#fittedOn = count;
    }
    this.#ended ||= ended;
    const basis = this.#basis;
    return basis ? points.map((point) => onto(basis, point)) : points.map(() => [0, 0] as const);
  }
}

const pair = (point: Point): Pair => [point[0] ?? 0, point[1] ?? 0];

function onto({ centre, axes }: Basis, point: Point): Pair {
  const along = (axis: Float64Array): number =>
    axis.reduce((sum, a, i) => sum + a * ((point[i] ?? 0) - (centre[i] ?? 0)), 0);
  return [along(axes[0]), along(axes[1])];
}

/** Share of the points' variance along each axis. */
function explainedBy(plane: readonly Pair[], points: readonly Point[]): Pair {
  const spread = (rows: readonly Point[]): number => {
    const mean = meanOf(rows);
    return rows.reduce(
      (sum, row) => sum + mean.reduce((part, m, i) => part + ((row[i] ?? 0) - m) ** 2, 0),
      0,
    );
  };
  const total = spread(points);
  const share = (axis: 0 | 1): number =>
    total > 0 ? spread(plane.map((place) => [place[axis]])) / total : 0;
  return [share(0), share(1)];
}

function meanOf(points: readonly Point[]): Float64Array {
  const mean = new Float64Array(points[0]?.length ?? 0);
  for (const point of points)
    for (let i = 0; i < mean.length; i++)
      mean[i] = (mean[i] ?? 0) + (point[i] ?? 0) / points.length;
  return mean;
}

/** Principal components by the Gram matrix of the centred points: they are few, and long. */
function fit(points: readonly Point[], before: Basis | undefined): Basis {
  const centre = meanOf(points);
  const count = points.length;
  const centred = points.map((point) => Float64Array.from(centre, (m, i) => (point[i] ?? 0) - m));
  const gram = Matrix.zeros(count, count);
  for (let a = 0; a < count; a++)
    for (let b = a; b < count; b++) {
      const [x, y] = [centred[a] as Float64Array, centred[b] as Float64Array];
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number);
      gram.set(a, b, sum);
      gram.set(b, a, sum);
    }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0));
  const largest = realEigenvalues[order[0] ?? 0] ?? 0;
  const axis = (place: 0 | 1): Float64Array => {
    const made = new Float64Array(centre.length);
    const index = order[place];
    const value = index === undefined ? 0 : (realEigenvalues[index] ?? 0);
    // A direction that is only rounding is none.
    if (index === undefined || !(value > 1e-14 * largest)) return made;
    for (const [k, row] of centred.entries()) {
      const weight = eigenvectorMatrix.get(k, index) / Math.sqrt(value);
      for (let i = 0; i < made.length; i++) made[i] = (made[i] as number) + weight * (row[i] ?? 0);
    }
    // An eigenvector's sign is arbitrary: the one it had before, else the start on the left, or below.
    const old = before?.axes[place];
    const likeness = old?.reduce((sum, a, i) => sum + a * (made[i] ?? 0), 0) ?? 0;
    const toStart = made.reduce((sum, a, i) => sum + a * (centred[0]?.[i] ?? 0), 0);
    const flip = Math.abs(likeness) > 1e-6 ? likeness < 0 : toStart > 0;
    return flip ? made.map((x) => -x) : made;
  };
  return { centre, axes: [axis(0), axis(1)] };
}
