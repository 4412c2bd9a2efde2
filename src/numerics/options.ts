import { fusedOn } from '../tf/fused.ts';
import type * as tf from '../tf/index.ts';
import { anderson } from './anderson.ts';
import { broyden } from './broyden.ts';
import { fusedAnderson } from './fused/anderson.ts';
import { fusedBroyden } from './fused/broyden.ts';
import { fusedPicard } from './fused/picard.ts';
import { fusedStepper, type FusedMethod } from './fused/stepper.ts';
import type { FlatMap, Method } from './method.ts';
import { picard } from './picard.ts';
import type { SolverOptions } from './solver.ts';
import type { Stepper } from './stepper.ts';
import { steppingMethod, type JudgeOf } from './steppingMethod.ts';

/**
 * The solve that the options ask for, by fused kernels where they are on; `start` gives z0 `[batch, n]`
 * when it begins; `judge` measures its points by another map than `f`. Throws a RangeError that names the option
 * when one of them makes no sense. Adding a solver is a file and a case here.
 */
export function openStepper(
  options: SolverOptions,
  f: FlatMap,
  start: () => tf.Tensor2D,
  judge?: JudgeOf,
): () => Stepper {
  check(options);
  const [method, fused] = build(options);
  const { convention = 'own' } = options;
  return () =>
    // The kernels judge by our own convention, and by the map that they iterate.
    fused && fusedOn() && convention === 'own' && !judge
      ? fusedStepper(fused, f, start, options)
      : steppingMethod(method, f, start, options, judge);
}

/** The method by reference operations, whose states can be looked into. */
export function referenceMethod(options: SolverOptions): Method {
  check(options);
  return build(options)[0];
}

/**
 * Points and residuals that a solver keeps between two iterations, after `made` of them, in units of one
 * z: the newest of both, and its history.
 */
export function storedStates({ method, history }: SolverOptions, made: number): number {
  switch (method) {
    case 'picard':
      return 2;
    case 'anderson':
      return 2 + 2 * Math.min(history ?? 6, made);
    case 'broyden':
      return 2 + 2 * Math.min(history ?? 10, Math.max(0, made - 1));
  }
}

/** The method by reference operations and, if there is one, by kernels of its own. */
function build(options: SolverOptions): [method: Method, fused?: FusedMethod] {
  const { method, maxIterations, damping = 1, history } = options;
  switch (method) {
    case 'picard':
      return [picard({ damping }), fusedPicard({ damping })];
    case 'anderson': {
      const settings = {
        window: Math.min(history ?? 6, maxIterations + 1),
        damping,
        ridge: options.ridge ?? 1e-4,
        ridgeMode: options.ridgeMode ?? 'relative',
      } as const;
      return [anderson(settings), fusedAnderson(settings)];
    }
    case 'broyden': {
      const rank = Math.min(history ?? 10, maxIterations + 1);
      const { lineSearch = false } = options;
      // A line search must look at every trial, so it has nothing to gain.
      const own = broyden({ rank, lineSearch });
      return lineSearch ? [own] : [own, fusedBroyden({ rank })];
    }
    default:
      method satisfies never;
      throw new RangeError(
        `Unknown solver method ${JSON.stringify(method)}: use picard, anderson or broyden.`,
      );
  }
}

function check({
  maxIterations,
  tolerance,
  stopMode,
  damping,
  history,
  ridge,
}: SolverOptions): void {
  const demand = (holds: boolean, what: string): void => {
    if (!holds) throw new RangeError(`Solver option ${what}.`);
  };
  demand(
    Number.isInteger(maxIterations) && maxIterations >= 0,
    `maxIterations must be a whole number from 0, not ${maxIterations}`,
  );
  demand(tolerance >= 0, `tolerance must be 0 or more, not ${tolerance}`);
  demand(
    // Options also come from plain JavaScript, where the type does not hold.
    (['abs', 'rel'] as readonly string[]).includes(stopMode),
    `stopMode must be abs or rel, not ${JSON.stringify(stopMode)}`,
  );
  if (damping !== undefined)
    demand(damping > 0 && damping <= 1, `damping must be in (0, 1], not ${damping}`);
  if (history !== undefined)
    demand(
      history === Infinity || (Number.isInteger(history) && history >= 1),
      `history must be a whole number from 1, or Infinity, not ${history}`,
    );
  if (ridge !== undefined) demand(ridge >= 0, `ridge must be 0 or more, not ${ridge}`);
}
