import { BadInputError } from '../data/badInput.ts';
import { normalArray, type Random } from '../data/random.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';

/** One parameter: its name here, its name and layout in PyTorch, and how it starts. */
export interface ParameterSpec {
  readonly name: string;
  readonly torch: string;
  /** Our shape; matrices are `[in, out]`. */
  readonly shape: readonly number[];
  /**
   * PyTorch's shape, when it differs: then its axes are ours in reverse, `(out, in)` for a matrix
   * and `(out, in, kernel)` for a convolution, which we keep as `[kernel · in, out]`.
   */
  readonly torchShape?: readonly number[];
  /** Standard deviation of the normal start; 0 starts at zero. */
  readonly deviation: number;
  /** May be missing in a PyTorch state; then it is zero. */
  readonly optional?: boolean;
  /** Weight normalisation applies to it, where it is used: per output, a column of the matrix. */
  readonly normalised?: boolean;
}

/** How many numbers some parameters hold. */
export const numbersIn = (parameters: readonly ParameterSpec[]): number =>
  parameters.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);

/**
 * A matrix `[in, out]`, or a convolution `[kernel · in, out]` when a kernel is given, that starts
 * with a standard deviation of scale / √fan-in.
 */
export function matrixSpec(
  name: string,
  torch: string,
  [inputs, outputs]: readonly [number, number],
  { scale = 1, kernel }: { readonly scale?: number; readonly kernel?: number | undefined } = {},
): ParameterSpec {
  const fanIn = (kernel ?? 1) * inputs;
  return {
    name,
    torch,
    shape: [fanIn, outputs],
    torchShape: kernel === undefined ? [outputs, inputs] : [outputs, inputs, kernel],
    deviation: scale / Math.sqrt(fanIn),
  };
}

/** A bias: laid out as in PyTorch, and zero at the start. */
export const vectorSpec = (
  name: string,
  torch: string,
  shape: readonly number[],
): ParameterSpec => ({
  name,
  torch,
  shape,
  deviation: 0,
});

/** A tensor as PyTorch's state dictionaries hold it, row-major. */
export interface TorchTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Tensors of a file, by their names there. */
export type FileTensors = Readonly<Record<string, TorchTensor>>;

/** A shape in words. */
export const shapeInWords = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/**
 * Parameters from tensors of their own names and layouts; the caller owns them. Throws a BadInputError where one is missing,
 * not asked for, of another shape or not finite: by its name in the file, and in the words of the family.
 */
export function namedParams(
  specs: readonly ParameterSpec[],
  found: FileTensors,
  words: {
    /** What the network does not have, and what that means: the end of a sentence. */
    readonly strange: string;
    /** Where a shape comes from. */
    readonly shape: (spec: ParameterSpec) => string;
  },
): Params {
  const missing = specs.filter(({ name }) => !found[name]).map(({ torch }) => torch);
  if (missing.length > 0)
    throw new BadInputError(`It lacks ${missing.join(', ')}, which this network needs.`);
  const known = new Set(specs.map(({ name }) => name));
  const strange = Object.keys(found).filter((name) => !known.has(name));
  if (strange.length > 0)
    throw new BadInputError(`It has ${strange.join(', ')}, which ${words.strange}`);
  for (const spec of specs) {
    const { name, torch, shape } = spec;
    const { shape: given = [], data = [] } = found[name] ?? {};
    if (given.join() !== shape.join())
      throw new BadInputError(
        `${torch} has shape ${shapeInWords(given)}, but ${shapeInWords(shape)} is needed: ${words.shape(spec)}.`,
      );
    const wrong = Array.from(data).filter((value) => !Number.isFinite(value)).length;
    if (wrong > 0)
      throw new BadInputError(
        `${torch} holds NaN or infinity (${String(wrong)} of its ${String(data.length)} values), perhaps from a run that diverged. Choose an earlier state of it.`,
      );
  }
  return Object.fromEntries(
    specs.map(({ name, shape }) => [
      name,
      tf.tensor(Float32Array.from(found[name]?.data ?? []), [...shape]),
    ]),
  );
}

/** Draw every parameter from a stream of its own, so that one more parameter changes no other. */
export function initialize(specs: readonly ParameterSpec[], random: Random): Params {
  return Object.fromEntries(
    specs.map(({ name, shape, deviation }) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const values =
        deviation === 0 ? new Float32Array(size) : normalArray(random.fork(name), size, deviation);
      return [name, tf.tensor(values, [...shape])];
    }),
  );
}

/**
 * Parameters from a PyTorch state dictionary. Throws when one is missing or has another shape,
 * naming it; entries we have no parameter for are refused too, since they would be ignored.
 */
export function fromTorch(
  specs: readonly ParameterSpec[],
  state: Readonly<Record<string, TorchTensor>>,
): Params {
  const known = new Set(specs.map(({ torch }) => torch));
  const strange = Object.keys(state).filter((name) => !known.has(name));
  if (strange.length > 0)
    throw new Error(`This model has no parameters named ${strange.join(', ')}.`);
  for (const spec of specs) checkTorch(spec, state[spec.torch]);
  return Object.fromEntries(
    specs.map(({ name, torch, shape, torchShape }) => {
      const source = state[torch];
      if (!source) return [name, tf.zeros([...shape])];
      const tensor = tf.tidy(() => {
        const values = Float32Array.from(source.data);
        return torchShape
          ? tf.reshape(tf.transpose(tf.tensor(values, [...torchShape])), [...shape])
          : tf.tensor(values, [...shape]);
      });
      return [name, tensor];
    }),
  );
}

function checkTorch(
  { torch, shape, torchShape = shape, optional }: ParameterSpec,
  found: TorchTensor | undefined,
): void {
  if (!found) {
    if (optional === true) return;
    throw new Error(`The state has no tensor named ${torch}.`);
  }
  if (found.shape.join() !== torchShape.join())
    throw new Error(
      `${torch} has shape [${found.shape.join(', ')}]; this model needs [${torchShape.join(', ')}].`,
    );
}

/** A PyTorch state dictionary of `params`, or of gradients, which have the same keys. */
export async function toTorch(
  specs: readonly ParameterSpec[],
  params: Params,
): Promise<Record<string, { shape: number[]; data: Float32Array }>> {
  const state: Record<string, { shape: number[]; data: Float32Array }> = {};
  for (const { name, torch, shape, torchShape } of specs) {
    const tensor = params[name];
    if (!tensor) continue;
    const laidOut = tf.tidy(() =>
      torchShape ? tf.transpose(tf.reshape(tensor, torchShape.toReversed())) : tf.clone(tensor),
    );
    try {
      const data = (await laidOut.data()) as Float32Array;
      state[torch] = { shape: [...(torchShape ?? shape)], data: data.slice() };
    } finally {
      laidOut.dispose();
    }
  }
  return state;
}
