import { adjointOf, headTape, pullHead, pullLayer, tapeAt } from '../implicit/adjoint.ts';
import { penalisedGradient, type PenaltyTerm } from '../implicit/jacobianPenalty.ts';
import type { EquilibriumProblem, SolvingMaps } from '../implicit/problem.ts';
import type { MapSizes, ProblemSizes } from '../memory/problemSizes.ts';
import type { IterationMap } from '../numerics/maps.ts';
import { allocateOnly } from '../tf/compile.ts';
import { fusedOn } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { submitAtOnce, type MemoryMeter } from '../tf/memory.ts';
import type { Params } from '../tf/params.ts';
import { record } from '../tf/tape.ts';
import { adamwInit, adamwUpdate } from './adamw.ts';
import { packGradient } from './packing.ts';

/** What a penalty needs to be rehearsed: how strong it is does not matter, how many products it takes does. */
export type MeteredPenalty = Pick<PenaltyTerm, 'power'>;

/** What a step has beyond its problem. */
export interface MeteredExtras {
  readonly penalty?: MeteredPenalty | undefined;
  /** Of the optimizer; without one its update is made of less. */
  readonly weightDecay?: number;
  /** What the optimizer trains, where those are not the problem's own parameters; borrowed. */
  readonly trained?:
    | {
        readonly params: Params;
        /** Gradients, which it takes over, as those of what is trained; the caller owns them. */
        pull(gradients: Params): Params;
      }
    | undefined;
}

/**
 * Meter one evaluation of a problem, its loss, its pullback and an update: all that the memory law is made
 * of. A GPU allocates what that takes, and computes nothing. Leaves no tensors; borrows the problem's parameters.
 * Starts the meter's peak anew. Call it outside any tidy.
 */
export const meterProblem = (
  given: EquilibriumProblem,
  meter: MemoryMeter,
  extras: MeteredExtras = {},
): ProblemSizes => allocateOnly(() => meterAll(given, meter, extras));

function meterAll(
  given: EquilibriumProblem,
  meter: MemoryMeter,
  { penalty, trained, weightDecay = 0 }: MeteredExtras,
): ProblemSizes {
  const restore = submitAtOnce();
  const owned = new Set<Disposable>();
  const own = <T extends Disposable>(thing: T): T => {
    owned.add(thing);
    return thing;
  };
  const free = (thing: Disposable): void => {
    owned.delete(thing);
    thing[Symbol.dispose]();
  };
  const metered: Metering = (work) => meterWork(meter, work);
  try {
    // Computed, so that they are on the device before anything is metered.
    const params = own(tensors(copyOf(given.params)));
    const problem = { ...given, params: params.value };
    const z0 = problem.initialState();
    const z = own(tensors(tf.tidy(() => tf.mul(z0, 1))));
    z0.dispose();
    // Constants of the problem are brought to the device when they are first used: that is no size of a step's.
    tf.dispose(
      tf.tidy(() => {
        const u = problem.inject(params.value);
        return problem.loss(params.value, problem.f(params.value, u, z.value));
      }),
    );

    const below = metered(() => own(record((p) => problem.inject(p as Params), params.value)));
    free(below.result);
    const injected = own(tensors(tf.tidy(() => problem.inject(params.value))));
    const evaluation = metered(() =>
      tf.tidy(() => problem.f(params.value, injected.value, z.value)),
    );
    evaluation.result.dispose();
    const head = metered(() => {
      using tape = headTape(problem, z.value);
      return own(pullHead(problem, tape, z.value));
    });
    const layer = metered(() => own(tapeAt(problem, z.value, injected.value)));
    const { dz } = head.result;
    const pulled = metered(() => own(tensors(pullLayer(problem, layer.result, dz))));
    free(pulled.result);
    // Unless the tape holds it too.
    const dropped = -metered(() => {
      free(injected);
    }).left;
    const adjoint = adjointOf(problem, z.value, head.result, layer.result);
    const product = metered(() => tf.tidy(() => adjoint.map(dz)));
    product.result.dispose();
    const twice = meterTwice(adjoint.linearization.vjp, z.value, metered);
    const maps = given.solvedBy && meterMaps(given.solvedBy.open(), z.value, dz, metered);
    const penalised =
      penalty &&
      metered(() =>
        penalisedGradient(adjoint, dz, z.value, { ...penalty, weight: 1, probe: z.value }),
      );
    if (penalised) tf.dispose([penalised.result.value, penalised.result.gradients]);
    const gradient = metered(() => adjoint.gradient(dz));
    const gradients = own(tensors(gradient.result));
    owned.delete(head.result);
    owned.delete(layer.result);
    adjoint[Symbol.dispose]();

    if (trained) free(params);
    const learnt = trained ? own(tensors(copyOf(trained.params))) : params;
    const moments = adamwInit(learnt.value);
    const size = 4 * moments.first.size;
    // All that takes over what it is given.
    owned.delete(gradients);
    owned.delete(learnt);
    const update = metered(() => {
      const pulled = trained ? trained.pull(gradients.value) : gradients.value;
      const vector = packGradient(learnt.value, pulled);
      return adamwUpdate(vector, moments, learnt.value, { learningRate: 1e-3, weightDecay });
    });
    tf.dispose([update.result.params, update.result.state.first, update.result.state.second]);

    const state = 4 * z.value.size;
    const injection = 4 * injected.value.size;
    return {
      parameters: size,
      state,
      samples: z.value.shape[0],
      injected: injection,
      below: below.left + state,
      layer: layer.left,
      tape: layer.left + injection - dropped,
      head: head.left,
      cotangents: pulled.left - state,
      evaluation: evaluation.peak,
      taping: layer.peak,
      product: product.peak,
      pullback: pulled.peak,
      gradient: gradient.peak,
      headWork: head.peak,
      update: size + update.peak,
      ...(penalised ? { penalised: penalised.peak } : {}),
      ...twice,
      ...maps,
    };
  } finally {
    for (const thing of owned) thing[Symbol.dispose]();
    restore();
  }
}

/** What some work takes at most and leaves in the end, beside what was there before. */
interface Metered<T> {
  readonly result: T;
  readonly peak: number;
  readonly left: number;
}

/** Does some work and meters it. */
type Metering = <T>(work: () => T) => Metered<T>;

function meterWork<T>(meter: MemoryMeter, work: () => T): Metered<T> {
  const before = meter.sample().live;
  meter.resetPeak();
  const result = work();
  const { live, peak } = meter.sample();
  return { result, peak: peak - before, left: live - before };
}

/** What both maps take that solvers iterate, in the order of a step, and what they share, which is disposed of. */
function meterMaps(
  shared: SolvingMaps,
  z: tf.Tensor,
  dz: tf.Tensor,
  metered: Metering,
): Pick<ProblemSizes, 'forwardMap' | 'adjointMap' | 'shared'> {
  using maps = shared;
  // The first to be opened makes what both share, and leaves it.
  const { result: forward, left } = metered(() => meterMap(() => maps.forward(), metered));
  const adjoint = meterMap(() => maps.adjoint?.(z, dz), metered);
  return {
    ...(forward ? { forwardMap: forward } : {}),
    ...(adjoint ? { adjointMap: adjoint } : {}),
    ...(left > 0 ? { shared: left } : {}),
  };
}

/** What a map takes that solvers iterate; undefined where there is none to open. */
function meterMap(open: () => IterationMap | undefined, metered: Metering): MapSizes | undefined {
  const opened = metered(open);
  const map = opened.result;
  if (!map) return undefined;
  const start = tf.tidy(() => map.start());
  const applied = metered(() => tf.tidy(() => map.apply(start)));
  applied.result.dispose();
  const judged = metered(() =>
    tf.tidy(() => {
      const here = map.project(start);
      return tf.sub(
        tf.tidy(() => map.f(here)),
        here,
      );
    }),
  );
  judged.result.dispose();
  const tape = metered(() => record(({ s }) => map.apply(s), { s: start }));
  const vjp = (u: tf.Tensor): tf.Tensor => tape.result.pullback(u, ['s']).s ?? tf.zerosLike(start);
  const twice = meterTwice(vjp, start, metered);
  tape.result[Symbol.dispose]();
  start.dispose();
  map.dispose?.();
  return {
    held: opened.left,
    opening: opened.peak,
    evaluation: applied.peak,
    judging: judged.peak,
    tape: tape.left,
    ...twice,
  };
}

/** What the tape of a tape's pullback keeps; nothing where products J v are made by differences. */
function meterTwice(
  vjp: (u: tf.Tensor) => tf.Tensor,
  u: tf.Tensor,
  metered: Metering,
): { readonly twice?: number } {
  // Their gradients have no gradients.
  if (fusedOn()) return {};
  try {
    const { result, left } = metered(() => record((inputs) => vjp(inputs.u), { u }));
    result[Symbol.dispose]();
    return { twice: left };
  } catch {
    // Nor have those of some other operations: solvers find the same, and take differences.
    return {};
  }
}

/** Tensors that free themselves. */
const tensors = <T extends tf.Tensor | Params>(value: T): Disposable & { readonly value: T } => ({
  value,
  [Symbol.dispose]: () => {
    tf.dispose(value);
  },
});

/** New tensors of the same numbers. */
export const copyOf = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, p]) => [name, tf.tidy(() => tf.mul(p, 1))]),
  );
