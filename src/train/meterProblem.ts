import {
  adjointOf,
  headTape,
  pullHead,
  pullLayer,
  tapeAt,
  type Head,
} from '../implicit/adjoint.ts';
import { enqueuePenalised, type PenaltyTerm } from '../implicit/jacobianPenalty.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import type { ProblemSizes } from '../memory/problemSizes.ts';
import * as tf from '../tf/index.ts';
import { submitAtOnce, type MemoryMeter } from '../tf/memory.ts';
import type { Params } from '../tf/params.ts';
import { record } from '../tf/tape.ts';
import { adamwInit, adamwUpdate } from './adamw.ts';
import { packGradient } from './packing.ts';

/** What a penalty needs to be rehearsed: how strong it is does not matter, how many products it takes does. */
export type MeteredPenalty = Pick<PenaltyTerm, 'power'>;

/**
 * Meter one evaluation of a problem, its loss, its pullback and an update: all that the memory law is made
 * of. Reads nothing back, so that under `compileAhead` a GPU allocates all of it and computes none. Leaves no
 * tensors; borrows the problem's parameters. Starts the meter's peak anew. Call it outside any tidy.
 */
export function meterProblem(
  given: EquilibriumProblem,
  meter: MemoryMeter,
  penalty?: MeteredPenalty,
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
  /** What `work` takes at most and leaves in the end, beside what was there before. */
  const metered = <T>(work: () => T): { result: T; peak: number; left: number } => {
    const before = meter.sample().live;
    meter.resetPeak();
    const result = work();
    const { live, peak } = meter.sample();
    return { result, peak: peak - before, left: live - before };
  };
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
    const head = metered((): Omit<Head, 'loss'> => {
      using tape = headTape(problem, z.value);
      const { dz, direct } = pullHead(problem, tape, z.value);
      return own({
        dz,
        direct,
        [Symbol.dispose]: () => {
          tf.dispose([dz, direct]);
        },
      });
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
    const penalised =
      penalty &&
      metered(() =>
        enqueuePenalised(adjoint, dz, z.value, { ...penalty, weight: 1, probe: z.value }),
      );
    if (penalised) tf.dispose([penalised.result.square, penalised.result.gradients]);
    const gradient = metered(() => adjoint.gradient(dz));
    const gradients = own(tensors(gradient.result));
    owned.delete(head.result);
    owned.delete(layer.result);
    adjoint[Symbol.dispose]();

    const moments = adamwInit(params.value);
    const size = 4 * moments.first.size;
    // Both take over what they are given.
    owned.delete(gradients);
    owned.delete(params);
    const update = metered(() => {
      const vector = packGradient(params.value, gradients.value);
      return adamwUpdate(vector, moments, params.value, { learningRate: 0 });
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
    };
  } finally {
    for (const thing of owned) thing[Symbol.dispose]();
    restore();
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
