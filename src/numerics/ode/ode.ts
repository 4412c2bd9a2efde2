import * as tf from '../../tf/index.ts';
import { readPacked } from '../../tf/readback.ts';
import { evaluate, hold, type FlatMap, type Method, type Moving, type Point } from '../method.ts';
import { weightedSum } from '../rows.ts';
import type { OdeOptions } from './settings.ts';
import { tableaux, type Tableau } from './tableaux.ts';

type FlowState = Point & {
  /** t at this point. */
  readonly time: number;
  /** h that the next step tries. */
  readonly h: number;
  /** Of each sample what an absolute error is measured in; absent: 1. */
  readonly units?: Float32Array | undefined;
};

/** By how much a step may grow or shrink at once, and how far below the allowed error it aims. */
const [least, most, safety] = [0.2, 5, 0.9];
/** Tries of one step; then it is taken as it is, and its residual tells. */
const tries = 25;

/**
 * Follows dz/dt = f(z) − z to its steady state by an embedded Runge–Kutta pair with error control. A record is an
 * accepted step; its evaluation is the first stage of the next. The whole batch has one clock and one error, the
 * root mean square of error / (tol · unit + tol max(|z|, |z⁺|)) over the samples that move; a step with an error above 1 is
 * tried again, and the next h is h · 0.9 error^(−1/q), within a fifth and five times.
 *
 * Steps near the steady state are as long as stability lets them, and then leave a residual of about the
 * error tolerance: that should be well below the tolerance of the solve.
 * Pal, Edelman, Rackauckas 2022 (its reference uses a finer controller). Its records tell the time reached (`time`), the
 * step (`h`), its error (`error`) and the tries it took beyond one (`rejected`).
 */
export function ode({
  tableau: name,
  errorTolerance,
  errorUnit,
  firstStep,
}: OdeOptions): Method<FlowState> {
  const tableau = tableaux[name];
  return {
    fallback: 'step-rejected', // never used: a step that was rejected says so itself
    start: (point) => ({ ...point, time: 0, h: firstStep }),
    async step(f, { z, g, time, h: wanted, units: known }, moving) {
      let h = wanted;
      const units = known ?? (errorUnit === 'residual' ? await sizesOf(g) : undefined);
      for (let rejected = 0; ; rejected++) {
        const tried = tf.tidy(() =>
          attempt(f, { z, g, units }, h, tableau, errorTolerance, moving),
        );
        const [squares = new Float32Array()] = await readPacked([tried.squares]);
        tried.squares.dispose();
        const moves = squares.filter((_, i) => moving?.flags[i] !== false);
        const error = Math.sqrt(moves.reduce((sum, x) => sum + x, 0) / Math.max(1, moves.length));
        const factor = safety * error ** (-1 / tableau.order);
        // An error that is no number is too large.
        const next = h * Math.min(most, Math.max(least, Number.isNaN(factor) ? 0 : factor));
        if (error <= 1 || rejected + 1 >= tries)
          return {
            ...tried.point,
            time: time + h,
            h: next,
            units,
            figures: { time: time + h, h, error, rejected },
            ...(rejected > 0 ? { event: 'step-rejected' as const } : {}),
          };
        tf.dispose(tried.point);
        h = next;
      }
    },
  };
}

/** Root mean square of each sample's numbers; of a sample of zeros so little that it divides nothing. */
async function sizesOf(g: tf.Tensor2D): Promise<Float32Array> {
  const squares = tf.tidy(() => tf.mean<tf.Tensor1D>(tf.square(g), 1));
  const [means = new Float32Array()] = await readPacked([squares]);
  squares.dispose();
  return means.map((mean) => Math.max(Math.sqrt(mean), 1e-30));
}

/** One step of size h, and the mean square of each sample's scaled error. Call inside a tidy. */
function attempt(
  f: FlatMap,
  { z, g, units }: Pick<FlowState, 'z' | 'g' | 'units'>,
  h: number,
  { a, error }: Tableau,
  tolerance: number,
  moving: Moving | undefined,
): { point: Point; squares: tf.Tensor1D } {
  const slopes: tf.Tensor2D[] = [g];
  const along = (weights: readonly number[]): tf.Tensor2D => weightedSum(slopes, weights);
  for (const weights of a.slice(1, -1)) {
    const slope = (): tf.Tensor2D => {
      const stage = tf.add<tf.Tensor2D>(z, tf.mul(along(weights), h));
      return tf.sub(f(stage), stage);
    };
    slopes.push(tf.tidy(slope));
  }
  const next = tf.tidy(() => tf.add<tf.Tensor2D>(z, tf.mul(along(a.at(-1) ?? []), h)));
  const point = evaluate(f, hold(next, z, moving));
  slopes.push(point.g);
  const size = tf.maximum(tf.abs(z), tf.abs(point.z));
  const allowed = units
    ? tf.mul(tf.add(size, tf.tensor(units, [units.length, 1])), tolerance)
    : tf.add(tf.mul(size, tolerance), tolerance);
  const scaled = tf.div(tf.mul(along(error), h), allowed);
  return { point, squares: tf.mean<tf.Tensor1D>(tf.square(scaled), 1) };
}
