import { BadInputError } from '../data/badInput.ts';
import { fusedOn } from '../tf/fused.ts';
import type * as tf from '../tf/index.ts';
import { demand, demandCount, demandShare } from './demand.ts';
import { fusedStepper } from './fused/stepper.ts';
import type { SolverKind, StateSize, Support } from './kind.ts';
import { solverKinds } from './kinds.ts';
import type { LowRank } from './lowRank.ts';
import type { FlatMap, Method } from './method.ts';
import type { PlainMethod } from './plain/method.ts';
import { openProducts, type Trial } from './products.ts';
import { tooLarge } from './settingsOf.ts';
import type { SolverId, SolverOptions } from './solver.ts';
import type { Stepper } from './stepper.ts';
import { steppingMethod, type JudgeOf } from './steppingMethod.ts';

/**
 * The solve that the options ask for, by fused kernels where they are on; `start` gives z0 `[batch, n]`
 * when it begins; `judge` measures its points by another map than `f`; `seed` is an inverse Jacobian to begin with, for
 * a kind that learns one, borrowed until the first point. Throws a RangeError that names the option
 * when one of them makes no sense, and a BadInputError that says why when the kind can't solve such a problem.
 */
export function openStepper(
  options: SolverOptions,
  f: FlatMap,
  start: () => tf.Tensor2D,
  size: StateSize,
  judge?: JudgeOf,
  seed?: LowRank,
): () => Stepper {
  const { kind, own } = open(options, seed?.u.shape[1]);
  checkNeeds(kind, size);
  const method = kind.method(own, { ...supportOf(f), seed });
  const fused = kind.fused?.(own, seed);
  const { convention = 'own' } = options;
  return () =>
    // The kernels judge by our own convention, and by the map that they iterate.
    fused && fusedOn() && convention === 'own' && !judge
      ? fusedStepper(fused, f, start, options)
      : steppingMethod(method, f, start, options, judge);
}

/** The method by reference operations, whose states can be looked into. */
export function referenceMethod(options: SolverOptions, f: FlatMap, size: StateSize): Method {
  const { kind, own } = open(options);
  checkNeeds(kind, size);
  return kind.method(own, supportOf(f));
}

/**
 * The method on one sample's plain numbers, which judge by our own convention; undefined where the options ask for
 * another one, or for what their kind does on tensors alone. Throws a RangeError as `openStepper` does.
 */
export function plainMethod(options: SolverOptions): PlainMethod | undefined {
  const { kind, own } = open(options);
  const { convention = 'own' } = options;
  return convention === 'own' ? kind.plain?.(own) : undefined;
}

/** f's Jacobian by its own tape, whose forward products are tried at the first point. */
function supportOf(f: FlatMap): Support {
  const trial: Trial = {};
  return { linearize: (z, by) => openProducts(f, z, by, trial) };
}

/**
 * Points and residuals that a solver keeps between two iterations, after `made` of them, in units of one
 * z: the newest of both, and its history.
 */
export function storedStates(options: SolverOptions, made: number, of: StateSize): number {
  const { kind, own } = open(options);
  return kind.settings.memory.storedStates(own, made, of);
}

/** Throws a RangeError that names the option when one of them makes no sense. */
export function checkOptions(options: SolverOptions): void {
  open(options);
}

/** The kind that the options name, and its own options. */
function open(
  options: SolverOptions,
  seeded?: number,
): { readonly kind: SolverKind; readonly own: object } {
  check(options);
  const kind = kindOf(options.method);
  return { kind, own: kind.read(options, seeded) };
}

function kindOf(method: SolverId): SolverKind {
  // Options also come from plain JavaScript, where the type does not hold.
  const kind = Object.hasOwn(solverKinds, method) ? solverKinds[method] : undefined;
  if (kind) return kind;
  const names = Object.keys(solverKinds);
  throw new RangeError(
    `Unknown solver method ${JSON.stringify(method)}: use ${names.slice(0, -1).join(', ')} or ${String(names.at(-1))}.`,
  );
}

/** What makes no sense whichever method it is for; what concerns one kind only, the kind checks. */
function check({
  maxIterations,
  tolerance,
  stopMode,
  damping,
  history,
  ridge,
}: SolverOptions): void {
  demand(
    Number.isInteger(maxIterations) && maxIterations >= 0,
    `maxIterations must be a whole number from 0, not ${maxIterations}`,
  );
  demand(tolerance >= 0, `tolerance must be 0 or more, not ${tolerance}`);
  demand(
    (['abs', 'rel'] as readonly string[]).includes(stopMode),
    `stopMode must be abs or rel, not ${JSON.stringify(stopMode)}`,
  );
  if (damping !== undefined) demandShare('damping', damping);
  if (history !== undefined) demandCount('history', history);
  if (ridge !== undefined) demand(ridge >= 0, `ridge must be 0 or more, not ${ridge}`);
}

function checkNeeds({ settings }: SolverKind, size: StateSize): void {
  const problem = tooLarge(settings.id as SolverId, size);
  if (problem !== undefined) throw new BadInputError(problem);
}
