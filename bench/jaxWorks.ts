import { defaultDevice, init, jit, numpy as np, tree, vjp } from '@jax-js/jax';
import { positionEmbedding } from '../src/families/language/positions.ts';
import { linearize } from '../src/implicit/linearize.ts';
import { repeat } from '../src/numerics/repeat.ts';
import type { GpuCounters } from '../src/tf/counters.ts';
import * as tf from '../src/tf/index.ts';
import { param } from '../src/tf/params.ts';
import { jaxCell, type JaxInputs } from './jaxCell.ts';
import type { WorkName } from './rows.ts';
import type { Subject } from './subject.ts';
import { timed, type Result, type Work } from './timing.ts';

/** The same layer in jax-js, compiled: what can be measured of it, and how far its numbers are off. */
export interface JaxSubject extends Disposable {
  /** Undefined for what jax-js is not measured by. */
  work(name: WorkName, counters: GpuCounters, repetitions: number): Work | undefined;
  /** Largest difference of f, Jᵀu and five iterations from the subject's, over the largest number of each. */
  readonly difference: number;
}

/** Start jax-js on WebGPU. Throws when it finds none. */
export async function initJax(): Promise<void> {
  if (!(await init('webgpu')).includes('webgpu')) throw new Error('jax-js found no WebGPU.');
  defaultDevice('webgpu');
}

const value = jit((given: JaxInputs, z: np.Array) => jaxCell(given, z));

const valueAndPullback = jit((given: JaxInputs, z: np.Array, u: np.Array) => {
  const [y, pull] = vjp((state: np.Array) => jaxCell(given, state), [z]);
  const [pulled] = pull(u);
  pull.dispose();
  return [y, pulled] as [np.Array, np.Array];
});

/** As one compiled graph, which leaves jax-js free to fuse over the iterations. */
const picard = (iterations: number): typeof value =>
  jit((given: JaxInputs, z: np.Array) => {
    for (let i = 0; i < iterations; i++) z = jaxCell(tree.ref(given), z);
    tree.dispose(given);
    return z;
  });

/** The layer, weights and state of `subject`, whose variant must be the one in use. */
export async function openJax(subject: Subject): Promise<JaxSubject> {
  const given = await inputsOf(subject);
  const [z0, u0] = [await moved(subject.z0), await moved(subject.u0)];
  const loop = picard(30);
  const pulled = (repetitions: number): [np.Array, np.Array] => {
    let [z, u] = [z0.ref, u0.ref];
    for (let i = 0; i < repetitions; i++) [z, u] = valueAndPullback(tree.ref(given), z, u);
    return [z, u];
  };
  const valued = (repetitions: number): np.Array => {
    let z = z0.ref;
    for (let i = 0; i < repetitions; i++) z = value(tree.ref(given), z);
    return z;
  };
  return {
    difference: await compare(subject, valued, pulled),
    work: (name, counters, repetitions) => {
      switch (name) {
        case 'f':
          return workOf(counters, repetitions, () => [valued(repetitions)]);
        case 'f+vjp':
          return workOf(counters, repetitions, () => pulled(repetitions));
        case 'solve-30':
          return workOf(counters, 1, () => [loop(tree.ref(given), z0.ref)]);
        case 'f-in-row':
        case 'vjp-in-row':
        case 'broyden':
        case 'anderson':
        case 'adjoint':
        case 'train-step':
        case 'train-plain':
        case 'train-seeded':
        case 'train-shine':
        case 'generate-64':
        case 'generate-whole':
          return undefined;
      }
    },
    [Symbol.dispose]: () => {
      loop.dispose();
      tree.dispose([given, z0, u0]);
    },
  };
}

function workOf(counters: GpuCounters, units: number, run: () => np.Array[]): Work {
  const result = (): Result => {
    const arrays = run();
    return {
      wait: () => Promise.all(arrays.map((array) => array.ref.ravel().slice([0, 1]).data())),
      dispose: () => {
        tree.dispose(arrays);
      },
    };
  };
  const measure: Work['measure'] = () => timed(counters, units, result);
  return {
    enter: () => Promise.resolve(),
    measure,
    // Twice, because what comes out of a compiled function may be laid out unlike what first went in.
    warm: async () => {
      await measure();
      await measure();
      return null;
    },
  };
}

async function inputsOf({ params, injection, size }: Subject): Promise<JaxInputs> {
  const { length, width } = size;
  const sinusoids = positionEmbedding(length, width);
  const of = (name: string): Promise<np.Array> => moved(param(params, name));
  const mask = Float32Array.from({ length: length ** 2 }, (_, at) =>
    at % length > Math.floor(at / length) ? -1e9 : 0,
  );
  return {
    injection: await moved(injection),
    sinusoids: await moved(sinusoids),
    mask: np.array(mask, { shape: [length, length] }),
    qkv: await of('attention.qkv'),
    position: await of('attention.position'),
    contentBias: await of('attention.contentBias'),
    positionBias: await of('attention.positionBias'),
    out: await of('attention.out'),
    outBias: await of('attention.outBias'),
    hidden: await of('feedForward.in'),
    hiddenBias: await of('feedForward.inBias'),
    fed: await of('feedForward.out'),
    fedBias: await of('feedForward.outBias'),
  };
}

/** A copy of a tensor, which stays as it is. */
const moved = async (tensor: tf.Tensor): Promise<np.Array> =>
  np.array((await tensor.data<'float32'>()).slice(), { shape: tensor.shape });

/** jax-js's own type of it names `Float16Array`, which TypeScript's library for ES2023 does not have. */
const numbersOf = async (array: np.Array): Promise<ArrayLike<number>> =>
  (await array.data()) as ArrayLike<number>;

async function compare(
  { f, z0, u0 }: Subject,
  valued: (repetitions: number) => np.Array,
  pulled: (repetitions: number) => [np.Array, np.Array],
): Promise<number> {
  const five = repeat(f, z0, 5);
  const here = linearize((_, z) => f(z), {}, z0);
  const vjp = here.vjp(u0);
  const [theirValue, theirVjp] = pulled(1);
  const pairs: [tf.Tensor, np.Array][] = [
    [here.value, theirValue],
    [vjp, theirVjp],
    [five, valued(5)],
  ];
  let worst = 0;
  for (const [ours, theirs] of pairs)
    worst = Math.max(worst, relative(await numbersOf(theirs), await ours.data<'float32'>()));
  here.dispose();
  tf.dispose([five, vjp]);
  return worst;
}

function relative(a: ArrayLike<number>, b: Float32Array): number {
  let [off, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    // NaN on purpose where one is missing: Math.max keeps it.
    off = Math.max(off, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)));
    size = Math.max(size, Math.abs(b[i] ?? NaN));
  }
  return off / size;
}
