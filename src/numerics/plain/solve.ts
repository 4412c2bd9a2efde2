import { norm } from '../../ops/vectors.ts';
import { relativeFloor } from '../conventions/settings.ts';
import { judge } from '../judge.ts';
import type { SolverOptions, SolveStatus } from '../solver.ts';
import type { PlainMethod } from './method.ts';

/** f of one sample: reads z and writes f(z) into `out`. */
export type PlainMap = (z: Float64Array, out: Float64Array) => void;

/** How a solve on plain numbers ended; see `Solution`. */
export interface PlainSolution {
  /** The evaluated point with the lowest residual. */
  readonly z: Float64Array;
  readonly status: SolveStatus;
  readonly evaluations: number;
  /** The residual of each evaluated point, in the stop mode. */
  readonly residuals: readonly number[];
}

/**
 * What `solve` is for one sample, on numbers in the host's memory and at once: the same method, the same
 * verdicts, the same answer but for round-off, which is float64's here. For states of some hundred numbers: an
 * iteration of such a one takes a device, asked by a dozen or more operations, longer to be asked than to compute.
 */
export function solvePlain(
  f: PlainMap,
  z0: Float64Array,
  method: PlainMethod,
  rule: Pick<SolverOptions, 'tolerance' | 'stopMode' | 'maxIterations'>,
): PlainSolution {
  const step = method.start(z0.length);
  let z = z0.slice();
  let next = new Float64Array(z0.length);
  const image = new Float64Array(z0.length);
  const g = new Float64Array(z0.length);
  const best = z0.slice();
  const residuals: number[] = [];
  let lowest = Infinity;
  let first: number | undefined;
  for (let iteration = 0; ; iteration++) {
    f(z, image);
    for (let i = 0; i < g.length; i++) g[i] = (image[i] ?? 0) - (z[i] ?? 0);
    const length = norm(g);
    first ??= length;
    const value = rule.stopMode === 'abs' ? length : length / (norm(image) + relativeFloor);
    residuals.push(value);
    if (value < lowest) {
      lowest = value;
      best.set(z);
    }
    const verdict = judge(residuals, rule, [first, length]);
    if (verdict !== 'running' || iteration >= rule.maxIterations) {
      const status = verdict === 'running' ? 'max-iterations' : verdict;
      return { z: best, status, evaluations: iteration + 1, residuals };
    }
    step(z, g, next);
    [z, next] = [next, z];
  }
}
