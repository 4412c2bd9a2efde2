import { solveMap } from '../../numerics/iterateMap.ts';
import type { OpenMap } from '../../numerics/maps.ts';
import type { SolverOptions, SolveStatus } from '../../numerics/solver.ts';
import * as tf from '../../tf/index.ts';

/** One step size that was tried. */
export interface AlphaTry {
  readonly alpha: number;
  readonly iterations: number;
  readonly status: SolveStatus;
}

/** The step size that was found, or undefined where none converged; and all that were tried, in order. */
export interface TunedAlpha {
  readonly alpha: number | undefined;
  readonly tries: readonly AlphaTry[];
}

/** Below this α is not halved any more. */
const least = 1e-4;

/**
 * The step size α of a splitting, a problem's `maps['peaceman-rachford']` say, with which solves are shortest.
 *
 * Halves α from `from` on while the iterations do not rise, and takes the last one before they did: `run_tune_alpha`
 * of locuslab/monotone_op_net. An α that does not converge counts as many iterations as are allowed, so from a
 * divergent start it goes on to where solves end; the reference counts a NaN as a success there, this does not. `onTry`
 * is told of each. Once `signal` is aborted, its reason is thrown.
 */
export async function tuneAlpha(
  open: OpenMap,
  options: SolverOptions,
  {
    from = 1,
    signal,
    onTry,
  }: {
    readonly from?: number;
    readonly signal?: AbortSignal;
    readonly onTry?: (one: AlphaTry) => void;
  } = {},
): Promise<TunedAlpha> {
  if (!(from > 0)) throw new RangeError(`Tuning starts at an α above 0, not at ${from}.`);
  const tries: AlphaTry[] = [];
  const cost = ({ iterations, status }: AlphaTry): number =>
    status === 'converged' ? iterations : options.maxIterations + 1;
  let [alpha, best]: [number, AlphaTry | undefined] = [from, undefined];
  for (;;) {
    const map = open({ alpha });
    let one: AlphaTry;
    try {
      const { z, projected, records, status } = await solveMap(
        map,
        options,
        signal ? { signal } : {},
      );
      tf.dispose([z, projected]);
      one = { alpha, iterations: records.length, status };
    } finally {
      map.dispose?.();
    }
    tries.push(one);
    onTry?.(one);
    if (best && cost(one) > cost(best)) break;
    best = one;
    if (alpha / 2 < least) break;
    alpha /= 2;
  }
  return { alpha: best.status === 'converged' ? best.alpha : undefined, tries };
}
