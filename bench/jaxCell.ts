/**
 * The transformer layer of `src/families/language/transformerCell.ts` (post-norm, no memory, no masks) as one writes it
 * with jax-js. jax-js counts references: an argument is used up where it is passed, and `.ref` keeps it.
 */
import { nn, numpy as np } from '@jax-js/jax';

/** What the layer reads beside its state. A type, not an interface: jax-js wants an index signature. */
export type JaxInputs = {
  /** `[batch, length, 3 width]`. */
  injection: np.Array;
  /** Sinusoids of the distances length − 1 … 0 `[length, width]`. */
  sinusoids: np.Array;
  /** 0 where a key may be seen, else −1e9 `[length, length]`. */
  mask: np.Array;
  qkv: np.Array;
  position: np.Array;
  /** `[heads, width / heads]`, as the next. */
  contentBias: np.Array;
  positionBias: np.Array;
  out: np.Array;
  outBias: np.Array;
  hidden: np.Array;
  hiddenBias: np.Array;
  fed: np.Array;
  fedBias: np.Array;
};

/** One evaluation: `z [batch, length, width]` → the same shape. Uses its arguments up. */
export function jaxCell(given: JaxInputs, z: np.Array): np.Array {
  const mixed = np.matmul(attend(given, z.ref), given.out).add(given.outBias);
  const y = nn.standardize(mixed.add(z), -1);
  const hidden = nn.relu(np.matmul(y.ref, given.hidden).add(given.hiddenBias));
  const fed = np.matmul(hidden, given.fed).add(given.fedBias);
  return nn.standardize(fed.add(y), -1);
}

/** Attention before its output map `[batch, length, width]`. */
function attend(given: JaxInputs, z: np.Array): np.Array {
  const [batch = 1, length = 1, width = 1] = z.shape;
  const [heads = 1, size = 1] = given.contentBias.shape;
  const qkv = np.matmul(z, given.qkv).add(given.injection).reshape([batch, length, 3, heads, size]);
  // By an index on an axis of its own: compiled for WebGPU, jax-js 0.1.25 pulls back wrongly through
  // `split`, or slices of the last axis, once two of the parts are multiplied.
  const [q, k, v] = [qkv.ref.slice([], [], 0), qkv.ref.slice([], [], 1), qkv.slice([], [], 2)];
  const r = np.matmul(given.sinusoids, given.position).reshape([length, heads, size]);
  const content = np.einsum('blhs,bkhs->bhlk', q.ref.add(given.contentBias), k);
  const distance = np.einsum('blhs,khs->bhlk', q.add(given.positionBias), r);
  // Column c holds the score of the distance's row c; pad and read with the other row length.
  const padded = np.pad(distance, [
    [0, 0],
    [0, 0],
    [0, 0],
    [1, 0],
  ]);
  const shifted = padded
    .reshape([batch, heads, length + 1, length])
    .slice([], [], [1, length + 1])
    .reshape([batch, heads, length, length]);
  const scores = content.add(shifted).mul(1 / Math.sqrt(size));
  const weights = nn.softmax(scores.add(given.mask), -1);
  return np.einsum('bhlk,bkhs->blhs', weights, v).reshape([batch, length, width]);
}
