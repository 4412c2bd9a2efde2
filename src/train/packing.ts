import { fusedOn } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import { fusedMove, fusedPack } from './wgsl/packing.ts';

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

/** One vector `[size]` of all parameters. */
function pack({ entries, size }: Packing, params: Params): tf.Tensor1D {
  const tensorOf = (name: string): tf.Tensor => params[name] as tf.Tensor;
  if (fusedOn())
    return fusedPack(
      entries.map(({ name, offset }) => ({ tensor: tensorOf(name), offset })),
      size,
    );
  return tf.concat(entries.map((entry) => tf.reshape(tensorOf(entry.name), [entry.size])));
}

/** The gradient of `params` as one vector in their order; takes the record over. */
export function packGradient(params: Params, gradients: Params): tf.Tensor1D {
  const vector = tf.tidy(() => pack(packingOf(params), gradients));
  tf.dispose(gradients);
  return vector;
}

/**
 * `params` less the vector `move` in their order, and matrices less the share `decay` of themselves
 * too; all new tensors. Call inside a tidy.
 */
export function moveParams(
  packing: Packing,
  params: Params,
  move: tf.Tensor1D,
  decay: number,
): Params {
  const { entries, decayed } = packing;
  if (!fusedOn()) {
    const vector = decayFirst(pack(packing, params), decayed, decay);
    return unpack(packing, tf.sub(vector, move));
  }
  const moved = fusedMove(
    entries.map(({ name, offset }) => ({
      tensor: params[name] as tf.Tensor,
      offset,
      decay: offset < decayed ? decay : 0,
    })),
    move,
  );
  return Object.fromEntries(entries.map(({ name }, i) => [name, moved[i] as tf.Tensor]));
}

/** Take the share `rate` away from the first `count` numbers. */
function decayFirst(vector: tf.Tensor1D, count: number, rate: number): tf.Tensor1D {
  if (rate === 0 || count === 0) return vector;
  const share = tf.mul(tf.slice(vector, [0], [count]), rate);
  return tf.sub(vector, tf.pad(share, [[0, vector.size - count]]));
}

/** The parameters of a vector, all new tensors. */
const unpack = ({ entries }: Packing, vector: tf.Tensor1D): Params =>
  Object.fromEntries(
    entries.map(({ name, shape, offset, size }) => [
      name,
      tf.reshape(tf.slice(vector, [offset], [size]), [...shape]),
    ]),
  );
