import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';

/**
 * Where each parameter lies in one long vector, so that an optimizer needs a handful of kernels
 * however many parameters there are. Matrices come first: weight decay is for them alone, not for
 * biases.
 */
export interface Packing {
  readonly entries: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly offset: number;
    readonly size: number;
  }[];
  readonly size: number;
  /** Numbers in matrices. */
  readonly decayed: number;
}

/** The layout of `params`; the same for parameters of the same names and shapes. */
export function packingOf(params: Params): Packing {
  const named = Object.entries(params);
  const isMatrix = ([name, { rank }]: [string, tf.Tensor]): boolean =>
    rank > 1 && !/bias$/i.test(name);
  const matrices = named.filter(isMatrix);
  const ordered = [...matrices, ...named.filter((entry) => !isMatrix(entry))];
  let offset = 0;
  const entries = ordered.map(([name, { shape, size }]) => {
    const entry = { name, shape, offset, size };
    offset += size;
    return entry;
  });
  const decayed = matrices.reduce((sum, [, { size }]) => sum + size, 0);
  return { entries, size: offset, decayed };
}

/** One vector `[size]` of all parameters. Call inside a tidy. */
export const pack = ({ entries }: Packing, params: Params): tf.Tensor1D =>
  tf.concat(entries.map(({ name, size }) => tf.reshape(params[name] as tf.Tensor, [size])));

/** The gradient of `params` as one vector in their order; takes the record over. */
export function packGradient(params: Params, gradients: Params): tf.Tensor1D {
  const vector = tf.tidy(() => pack(packingOf(params), gradients));
  tf.dispose(gradients);
  return vector;
}

/** The parameters of a vector, all new tensors. Call inside a tidy. */
export const unpack = ({ entries }: Packing, vector: tf.Tensor1D): Params =>
  Object.fromEntries(
    entries.map(({ name, shape, offset, size }) => [
      name,
      tf.reshape(tf.slice(vector, [offset], [size]), [...shape]),
    ]),
  );
