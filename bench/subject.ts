import { createRandom } from '../src/data/random.ts';
import { openAdjoint, type Adjoint } from '../src/implicit/adjoint.ts';
import { languageModel, type LanguageModel } from '../src/families/language/languageModel.ts';
import type { EquilibriumProblem } from '../src/implicit/problem.ts';
import { repeat } from '../src/numerics/repeat.ts';
import type { FixedPointMap } from '../src/numerics/solver.ts';
import { initBackend } from '../src/tf/backend.ts';
import { setFused } from '../src/tf/fused.ts';
import * as tf from '../src/tf/index.ts';
import type { Params } from '../src/tf/params.ts';
import type { VariantName } from './rows.ts';
import { configOf, vocabulary, type Size } from './sizes.ts';
import type { Result } from './timing.ts';

/** Variants that compute with TensorFlow.js. */
export type TensorVariant = Exclude<VariantName, 'jax-js'>;

/** Make the variant's backend and kernels the ones in use. */
export async function enterVariant(variant: TensorVariant): Promise<void> {
  await initBackend(variant === 'wasm' ? 'wasm' : 'webgpu');
  setFused(variant === 'fused');
}

/** A layer, a batch and a state on one variant's device. Weights and tokens are the same on all. */
export interface Subject extends Disposable {
  readonly variant: TensorVariant;
  readonly size: Size;
  readonly model: LanguageModel;
  readonly params: Params;
  readonly problem: EquilibriumProblem;
  readonly injection: tf.Tensor;
  /** Zeros. */
  readonly z0: tf.Tensor;
  /** A cotangent of z's shape. */
  readonly u0: tf.Tensor;
  /** One f, with the injection made beforehand as in a solve. */
  readonly f: FixedPointMap;
  /** Where the adjoint is measured; made when it is first asked for. */
  readonly adjoint: () => Promise<Adjoint>;
}

/** Set up a layer of that size, and leave its variant the one in use. */
export async function openSubject(variant: TensorVariant, size: Size): Promise<Subject> {
  await enterVariant(variant);
  const { batch, length, width } = size;
  const model = languageModel(configOf(size));
  const params = model.initialize(1);
  const tokens = randomRows(batch, length, 'tokens');
  const targets = randomRows(batch, length, 'targets');
  const problem = model.problem(params, { tokens, targets });
  const injection = tf.tidy(() => problem.inject(params));
  const z0 = problem.initialState();
  const random = createRandom(1).fork('cotangent');
  const u0 = tf.tensor(
    Float32Array.from({ length: batch * length * width }, () => random.normal()),
    [batch, length, width],
  );
  const f: FixedPointMap = (z) => problem.f(params, injection, z);
  let adjoint: Adjoint | undefined;
  return {
    ...{ variant, size, model, params, problem, injection, z0, u0, f },
    adjoint: async () => {
      if (adjoint) return adjoint;
      // A few steps on, where f is what a solve sees; not at zero, which layer norm treats apart.
      const z = repeat(f, z0, 5);
      adjoint = await openAdjoint(problem, z);
      z.dispose();
      return adjoint;
    },
    [Symbol.dispose]: () => {
      adjoint?.[Symbol.dispose]();
      tf.dispose([params, injection, z0, u0]);
    },
  };
}

/** Token ids, the same for the same label. */
export function randomRows(rows: number, length: number, label: string): number[][] {
  const random = createRandom(1).fork(label);
  return Array.from({ length: rows }, () =>
    Array.from({ length }, () => random.integer(vocabulary)),
  );
}

/** A tensor to wait for; disposes it and what else is given. */
export const resultOf = (tensor: tf.Tensor, ...others: tf.Tensor[]): Result => ({
  wait: () => readOne(tensor),
  dispose: () => {
    tf.dispose([tensor, ...others]);
  },
});

/** The first number of a tensor, by a read of four bytes. */
async function readOne(tensor: tf.Tensor): Promise<void> {
  // Sliced anew each time: a tensor that was read once is kept on the host and waits for nothing.
  const one = tf.tidy(() => tf.slice(tf.reshape(tensor, [tensor.size]), [0], [1]));
  await one.data();
  one.dispose();
}
