import { BadInputError } from '../data/badInput.ts';
import { runChain, type Chain } from './chain.ts';
import { freeing, solve, type Solution } from '../numerics/iterate.ts';
import { solveMap, type MapRun } from '../numerics/iterateMap.ts';
import type { IterationMap } from '../numerics/maps.ts';
import { transposed, type LowRank } from '../numerics/lowRank.ts';
import { repeat } from '../numerics/repeat.ts';
import { leavesInverse, settingsOf } from '../numerics/settingsOf.ts';
import type { FixedPointMap, SolverOptions } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import { readPacked } from '../tf/readback.ts';
import { record } from '../tf/tape.ts';
import { addParams, openHead, unreadAdjoint, type Adjoint } from './adjoint.ts';
import { jacobianPenalty, penalisedGradient, type PenaltyTerm } from './jacobianPenalty.ts';
import { mapOf, type EquilibriumProblem, type SolvingMaps } from './problem.ts';
import { shineDirection } from './shine.ts';

/** How dL/dθ is found once z is. */
export type GradientMethod =
  /**
   * The adjoint u = Jᵀu + dL/dz by any solver. `seeded`: one that learns an inverse Jacobian begins with the transpose of
   * what the forward solve has learnt, where that learns one too; elsewhere it says nothing.
   */
  | { readonly kind: 'implicit'; readonly solver: SolverOptions; readonly seeded?: boolean }
  /** u = −Bᵀ dL/dz, B the inverse Jacobian that the forward solve has learnt. Ramzi et al. 2022; see `shine.ts`. */
  | { readonly kind: 'shine' }
  /** Jacobian-free: u = dL/dz. Fung et al. 2022. */
  | { readonly kind: 'one-step' }
  /** u = Σ_{i ≤ terms} (Jᵀ)^i dL/dz. */
  | { readonly kind: 'neumann'; readonly terms: number }
  /** Backpropagation through a few damped steps from z*; the loss at their end. Geng et al. 2021. */
  | { readonly kind: 'phantom'; readonly steps: number; readonly damping: number }
  /** The explicit weight-tied network from z0, ordinary backpropagation, optionally checkpointed. */
  | { readonly kind: 'unrolled'; readonly depth: number; readonly checkpointEvery?: number };

/**
 * Moments of a training step at which something that lasts is alive: the forward solver's state
 * after a record; the tape behind the gradient; the backward solver's state after a record.
 */
export type Stage = 'forward' | 'tape' | 'backward';

/** Loss, gradients and the solves behind them. The caller owns the gradients and both `z`. */
export interface ValueAndGradient {
  readonly loss: number;
  readonly gradients: Params;
  /** Absent for the unrolled network, which has no solver. */
  readonly forward?: Solution;
  /** With `keepLast`, the unrolled network's last state, where the loss was taken; the caller owns it. */
  readonly last?: tf.Tensor;
  /** The adjoint solve of `implicit`; its `evaluations` are products with Jᵀ. A status other than `converged` makes the gradient inexact. */
  readonly backward?: Solution;
  /** Jacobian penalty at the point, before its weight, when one was asked for. */
  readonly penalty?: number;
}

/** How a gradient is to be found. */
export interface GradientOptions extends WarmStart, Endable {
  readonly forward: SolverOptions;
  readonly gradient: GradientMethod;
  readonly keepLast?: boolean;
  /** Added to the loss at the fixed point; an unrolled network has none. */
  readonly penalty?: PenaltyTerm | undefined;
}

/** The same before loss and penalty, a number each, were read: whoever has more to read takes them along. The caller owns both. */
export interface UnreadGradient extends Omit<ValueAndGradient, 'loss' | 'penalty'> {
  readonly loss: tf.Tensor;
  readonly penalty?: tf.Tensor;
}

/** Reads, in one piece, what is unread. */
async function told({ loss, penalty, ...found }: UnreadGradient): Promise<ValueAndGradient> {
  const unread = penalty ? [loss, penalty] : [loss];
  try {
    const [value = [], penalised = []] = await readPacked(unread);
    return {
      ...{ ...found, loss: value[0] ?? NaN },
      ...(penalty ? { penalty: penalised[0] ?? NaN } : {}),
    };
  } finally {
    tf.dispose(unread);
  }
}

/**
 * The loss of a problem at its equilibrium, and its gradient by any method. The forward solve starts
 * at `initial`, borrowed, or else at the problem's initial state, from which the unrolled network
 * always starts.
 */
export const valueAndGradient = async (
  problem: EquilibriumProblem,
  options: GradientOptions,
  onStage?: (stage: Stage) => void,
): Promise<ValueAndGradient> => told(await unreadGradient(problem, options, onStage));

/** `valueAndGradient` that reads nothing back but the residuals of its solves. */
export async function unreadGradient(
  problem: EquilibriumProblem,
  { forward, gradient, initial, keepLast, signal, penalty }: GradientOptions,
  onStage?: (stage: Stage) => void,
): Promise<UnreadGradient> {
  if (gradient.kind === 'unrolled') {
    const { depth, checkpointEvery } = gradient;
    const z0 = problem.initialState();
    try {
      const step: Chain['step'] = (params, injection, z) => problem.f(params, injection, z);
      return await throughChain(
        problem,
        { step, depth, checkpointEvery, keepLast, signal },
        z0,
        onStage,
      );
    } finally {
      z0.dispose();
    }
  }
  using maps = problem.solvedBy?.open();
  const map = maps?.forward();
  if (gradient.kind === 'shine') demandInverse(forward, map);
  const solution = await solveThrough(
    problem,
    { ...forward, initial, signal },
    map,
    onStage,
    wantsInverse(gradient),
  );
  const { inverse, ...rest } = solution;
  try {
    const found = await gradientBy(problem, solution.z, gradient, {
      ...{ onStage, signal, penalty, maps, inverse },
    });
    return { ...found, forward: rest };
  } catch (error) {
    solution.z.dispose();
    throw error;
  } finally {
    tf.dispose(inverse ?? []);
  }
}

/** Whether a gradient is made with what the forward solve has learnt of the inverse Jacobian. */
export const wantsInverse = (gradient: GradientMethod): boolean =>
  gradient.kind === 'shine' ||
  (gradient.kind === 'implicit' &&
    gradient.seeded === true &&
    settingsOf(gradient.solver.method).learnsInverse === true);

/** Throws a BadInputError, and frees the map, where a solve of it, or without one of f, leaves SHINE nothing to take. */
function demandInverse({ method }: SolverOptions, map: IterationMap | undefined): void {
  if (leavesInverse({ method, map: map?.name ?? 'plain' })) return;
  map?.dispose?.();
  throw new BadInputError(
    'SHINE takes the inverse Jacobian that a forward solve by Broyden’s method of f itself leaves behind: solve by that, or take another gradient.',
  );
}

/** Where a solve may start: a state near the solution, borrowed. */
export interface WarmStart {
  /** Shape of the problem's state. */
  readonly initial?: tf.Tensor | undefined;
}

/** How long work may be ended early: once aborted, everything is freed and its reason thrown. */
export interface Endable {
  readonly signal?: AbortSignal | undefined;
}

/** Solve z = f(z), from `initial` or else the problem's initial state. The caller owns `z`. */
export async function solveForward(
  problem: EquilibriumProblem,
  options: SolverOptions & WarmStart & Endable,
  onStage?: (stage: Stage) => void,
): Promise<Solution> {
  using maps = problem.solvedBy?.open();
  return await solveThrough(problem, options, maps?.forward(), onStage);
}

/** `solveForward` by a map, which is disposed of; without one by iterating f. */
async function solveThrough(
  problem: EquilibriumProblem,
  { initial, signal, ...options }: SolverOptions & WarmStart & Endable,
  map: IterationMap | undefined,
  onStage?: (stage: Stage) => void,
  keepInverse = false,
): Promise<Solution> {
  const { params } = problem;
  if (map) {
    const z0 = initial ? tf.clone(initial) : problem.initialState();
    try {
      return await solveBy(map, options, {
        ...{ z0, signal, keepInverse },
        onPoint: () => onStage?.('forward'),
      });
    } finally {
      z0.dispose();
    }
  }
  const injection = tf.tidy(() => problem.inject(params));
  // A handle of its own, so that z0 is ours either way.
  const z0 = initial ? tf.clone(initial) : problem.initialState();
  try {
    return await solve(
      freeing(z0, (z) => problem.f(params, injection, z)),
      z0,
      options,
      () => {
        onStage?.('forward');
      },
      signal,
      { keepInverse },
    );
  } finally {
    tf.dispose([injection, z0]);
  }
}

/** Solve a map, which is disposed of; the solution's point is the z that its state stands for. */
async function solveBy(
  map: IterationMap,
  options: SolverOptions,
  run: Omit<MapRun, 'first'> & Endable,
): Promise<Solution> {
  try {
    const { z, projected, ...solution } = await solveMap(map, options, run);
    z.dispose();
    return { ...solution, z: projected };
  } finally {
    map.dispose?.();
  }
}

/**
 * The gradient at a point that is (nearly) an equilibrium. Borrows `z`, and `inverse`, what the solve that found it has
 * learnt of the inverse Jacobian there.
 */
export async function gradientAt(
  problem: EquilibriumProblem,
  z: tf.Tensor,
  method: Exclude<GradientMethod, { kind: 'unrolled' }>,
  onStage?: (stage: Stage) => void,
  signal?: AbortSignal,
  penalty?: PenaltyTerm,
  inverse?: LowRank,
): Promise<ValueAndGradient> {
  using maps = method.kind === 'implicit' ? problem.solvedBy?.open() : undefined;
  return await told(
    await gradientBy(problem, z, method, { onStage, signal, penalty, maps, inverse }),
  );
}

/** `gradientAt` with the maps that a forward solve went by. */
async function gradientBy(
  problem: EquilibriumProblem,
  z: tf.Tensor,
  method: Exclude<GradientMethod, { kind: 'unrolled' }>,
  {
    onStage,
    signal,
    penalty,
    maps,
    inverse,
  }: Endable & {
    readonly onStage?: ((stage: Stage) => void) | undefined;
    readonly penalty?: PenaltyTerm | undefined;
    readonly maps: SolvingMaps | undefined;
    readonly inverse: LowRank | undefined;
  },
): Promise<UnreadGradient> {
  if (method.kind === 'phantom') {
    const { steps, damping } = method;
    const step: Chain['step'] = (params, injection, state) =>
      tf.add(tf.mul(problem.f(params, injection, state), damping), tf.mul(state, 1 - damping));
    const found = await throughChain(problem, { step, depth: steps, signal }, z, onStage);
    return penalty ? addPenalty(problem, z, found, penalty) : found;
  }
  using adjoint = unreadAdjoint(problem, z);
  onStage?.('tape');
  const pull = (u: tf.Tensor): UnreadGradient => {
    const loss = tf.clone(adjoint.loss);
    if (!penalty) return { loss, gradients: adjoint.gradient(u) };
    const { gradients, value } = penalisedGradient(adjoint, u, z, penalty);
    return { loss, gradients, penalty: value };
  };
  if (method.kind === 'implicit') {
    const backward = await solveAdjoint(adjoint, method.solver, {
      onPoint: () => onStage?.('backward'),
      signal,
      map: maps?.adjoint?.(z, adjoint.dz),
      seed: method.seeded && inverse ? transposed(inverse) : undefined,
    });
    try {
      return { ...pull(backward.z), backward };
    } catch (error) {
      backward.z.dispose();
      throw error;
    }
  }
  const u =
    method.kind === 'shine'
      ? shineDirection(adjoint.dz, inverse)
      : // Σ_{i ≤ terms} (Jᵀ)^i dL/dz, by Horner's rule.
        repeat(adjoint.map, adjoint.dz, method.kind === 'one-step' ? 0 : method.terms);
  try {
    return pull(u);
  } finally {
    u.dispose();
  }
}

/** `found`, whose gradients it takes over, with a penalty on top: for a method without a tape at z. */
async function addPenalty(
  problem: EquilibriumProblem,
  z: tf.Tensor,
  found: UnreadGradient,
  { weight, ...probe }: PenaltyTerm,
): Promise<UnreadGradient> {
  const { value, gradients } = await jacobianPenalty(mapOf(problem), problem.params, z, probe);
  const sum = tf.tidy(() =>
    addParams(
      found.gradients,
      Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, tf.mul(g, weight)])),
    ),
  );
  tf.dispose([found.gradients, gradients]);
  return { ...found, gradients: sum, penalty: tf.scalar(value) };
}

async function solveAdjoint(
  { map, dz }: Pick<Adjoint, 'map' | 'dz'>,
  options: SolverOptions,
  {
    onPoint,
    signal,
    map: instead,
    seed,
  }: Endable & {
    readonly onPoint: () => void;
    readonly map: IterationMap | undefined;
    readonly seed: LowRank | undefined;
  },
): Promise<Solution> {
  if (instead) return solveBy(instead, options, { onPoint, signal });
  const u0 = tf.zerosLike(dz);
  try {
    const solution = await solve(freeing(u0, knownAtZero(map, dz)), u0, options, onPoint, signal, {
      seed,
    });
    // The first was none.
    return { ...solution, evaluations: solution.evaluations - 1 };
  } finally {
    u0.dispose();
  }
}

/** `u ↦ Jᵀu + dz` that is first asked for at u = 0, where it is dz: a product with Jᵀ less. */
function knownAtZero(map: FixedPointMap, dz: tf.Tensor): FixedPointMap {
  let begun = false;
  const after = (u: tf.Tensor): tf.Tensor => {
    if (begun) return map(u);
    begun = true;
    return tf.clone(dz);
  };
  return Object.assign(after, { linear: map.linear });
}

/** Ordinary backpropagation through an explicit chain, its injection and the loss at its end. */
async function throughChain(
  problem: EquilibriumProblem,
  {
    keepLast = false,
    ...chain
  }: Pick<Chain, 'step' | 'depth' | 'checkpointEvery' | 'signal'> & {
    keepLast?: boolean | undefined;
  },
  z0: tf.Tensor,
  onStage?: (stage: Stage) => void,
): Promise<UnreadGradient> {
  const { params } = problem;
  using injected = record((own) => problem.inject(own as Params), params);
  const onTape = (): void => {
    onStage?.('tape');
  };
  using run = await runChain({ ...chain, params, injection: injected.value, onTape }, z0);
  using head = openHead(problem, run.value);
  // Pulling back frees the steps, their values too.
  const last = keepLast ? { last: tf.clone(run.value) } : {};
  const pulled = await run.pullback(head.dz);
  const throughInjection = injected.pullback(pulled.injection, Object.keys(params));
  const gradients = tf.tidy(() =>
    addParams(addParams(pulled.params, throughInjection as Params), head.direct),
  );
  tf.dispose([pulled, throughInjection]);
  return { loss: tf.clone(head.loss), gradients, ...last };
}
