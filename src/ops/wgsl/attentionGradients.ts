/**
 * Cotangents of attention, without atomics: every number is made by one thread, in a fixed order.
 * With `p_ij` from the statistics of the forward pass, `dp_ij = dy_i·v_j`, and
 * `ds_ij = p_ij (dp_ij − dy_i·y_i) / √size`:
 *
 * `dq_i = Σ_j ds_ij (k_j + r)`, `dk_j = Σ_i ds_ij (q_i + b_w)`, `dv_j = Σ_i p_ij dy_i`,
 * `dr_c = Σ_i ds_ij (q_i + b_r)`. Dao et al. 2022 (FlashAttention), with relative positions.
 */
import type * as tf from '../../tf/index.ts';
import { computeOne, eachOf, type Launch } from '../../tf/programs.ts';
import {
  attentionReads,
  attentionUniforms,
  biasedQuery,
  blockOf,
  eachPart,
  ownPlace,
  partReader,
  places,
  scaleOf,
  sizesOf,
  sumParts,
  writePart,
  type Attention,
  type AttentionSizes,
} from './attentionSource.ts';

/** A cotangent of the result, and what its pullback needs of every query and head. */
export interface AttentionPulled {
  readonly dy: tf.Tensor;
  /** `[batch, heads, L, 2]`: the logarithm of the softmax's sum, and `dy·y`. */
  readonly rows: tf.Tensor;
}

/** One number from the forward pass, one from this cotangent: side by side, as bindings are few. */
export function attentionRows(
  inputs: Attention,
  dy: tf.Tensor,
  y: tf.Tensor,
  statistics: tf.Tensor,
): tf.Tensor {
  const sizes = sizesOf(inputs);
  const { batch, length, heads, size, components } = sizes;
  const read = partReader(sizes);
  return computeOne({
    key: `attention rows ${size}`,
    reads: { dy: [dy, components], y: [y, components], statistics: [statistics, 1] },
    sizes: attentionUniforms(sizes),
    result: [[batch, heads, length, 2], 1],
    threads: batch * heads * length,
    source: () => `
${places(sizes)}
fn main(index: i32) {
  ${ownPlace('query')}
  let at = queryAt(sample, query, head);
  result[2 * index] = statistics[index];
  result[2 * index + 1] = ${sumParts(sizes, (p) => `dot(${read('dy', 'at', p)}, ${read('y', 'at', p)})`)};
}`,
  });
}

/** Reads and uniforms of the kernels below. With the result that makes seven buffers of eight. */
export const common = (
  inputs: Attention,
  { dy, rows }: AttentionPulled,
  sizes: AttentionSizes,
): Pick<Launch, 'reads' | 'sizes'> => ({
  reads: {
    ...attentionReads(inputs, sizes),
    dy: [dy, sizes.components],
    rows: [rows, 1],
  },
  sizes: attentionUniforms(sizes),
});

/** Through which of its two products a query's cotangent comes. */
export type Through = 'content' | 'position' | 'both';

/**
 * Cotangents of the queries through one product, one thread each: `[batch, L, d]`. Summed over batch
 * and L they are the cotangent of that product's bias.
 */
export function queryGradient(
  inputs: Attention,
  pulled: AttentionPulled,
  through: Exclude<Through, 'both'>,
): tf.Tensor {
  const { batch, length, width, components } = sizesOf(inputs);
  return computeOne({
    ...queryLaunch(inputs, pulled, through),
    result: [[batch, length, width], components],
  });
}

/**
 * A thread makes those of a few neighbouring queries, which share keys, values and positions as in the
 * forward pass. Those through both go to the queries' own places in a packed `result`, the others to theirs.
 */
export function queryLaunch(
  inputs: Attention,
  pulled: AttentionPulled,
  through: Through,
): Omit<Launch, 'result' | 'also'> {
  const sizes = sizesOf(inputs);
  const { batch, length, heads, size } = sizes;
  const read = partReader(sizes);
  const { queries } = blockOf(sizes);
  const each = (line: (query: number) => string): string => eachOf(queries, line);
  const along = (p: number, i: number): string =>
    ({ content: `k${p}`, position: `r${p}_${i}`, both: `(k${p} + r${p}_${i})` })[through];
  return {
    ...common(inputs, pulled, sizes),
    key: `attention dq ${size} ${through} ${queries}`,
    threads: batch * heads * Math.ceil(length / queries),
    source: () => `
${places(sizes)}
fn main(index: i32) {
  ${ownPlace('query', queries)}
  // Queries past the end repeat the last one and are not written.
  ${each(
    (i) => `let query_${i} = min(query + ${i}, uniforms.length - 1);
  ${biasedQuery(sizes, { query: `query_${i}`, suffix: `_${i}` })}
  let at_${i} = queryAt(sample, query_${i}, head);
  let row_${i} = 2 * rowOf(sample, query_${i}, head);
  let first_${i} = positionAt(query_${i}, 0, head);
  ${eachPart(
    sizes,
    (p) => `let dy${p}_${i} = ${read('dy', `at_${i}`, p)};
  var dq${p}_${i} = vec4<f32>(0.0);
  var r${p}_${i} = ${read('positions', `first_${i}`, p)};`,
  )}`,
  )}
  for (var key = 0; key <= last_${queries - 1}; key++) {
    let k = packedAt(sample, key, head) + uniforms.width;
    let v = k + uniforms.width;
    let r = positionAt(query, min(key, last_0), head);
    ${eachPart(sizes, (p) => `let k${p} = ${read('qkv', 'k', p)}; let v${p} = ${read('qkv', 'v', p)}; r${p}_0 = ${read('positions', 'r', p)};`)}
    ${each(
      (i) => `{
      let score = ${sumParts(sizes, (p) => `dot(content${p}_${i}, k${p}) + dot(position${p}_${i}, r${p}_${i})`)};
      let dp = ${sumParts(sizes, (p) => `dot(dy${p}_${i}, v${p})`)};
      let ds = select(0.0, exp(score - rows[row_${i}]) * (dp - rows[row_${i} + 1]), key <= last_${i});
      ${eachPart(sizes, (p) => `dq${p}_${i} += ds * ${along(p, i)};`)}
    }`,
    )}
    ${eachOf(queries - 1, (i) =>
      eachPart(sizes, (p) => `r${p}_${queries - 1 - i} = r${p}_${queries - 2 - i};`),
    )}
  }
  ${each(
    (i) => `if (query + ${i} < uniforms.length) {
    ${eachPart(sizes, (p) => writePart(sizes, 'result', through === 'both' ? `own_${i}` : `at_${i}`, p, `dq${p}_${i} * ${scaleOf(sizes)}`))}
  }`,
  )}
}`,
  };
}

/**
 * Cotangent of the positions for each sample `[batch, K, d]`, to be summed over the batch: one
 * thread a distance and head, which adds over the queries that have a key at that distance.
 */
export function positionsGradient(inputs: Attention, pulled: AttentionPulled): tf.Tensor {
  const sizes = sizesOf(inputs);
  const { batch, heads, keys, width, size, components } = sizes;
  const read = partReader(sizes);
  return computeOne({
    ...common(inputs, pulled, sizes),
    key: `attention dr ${size}`,
    result: [[batch, keys, width], components],
    threads: batch * heads * keys,
    source: () => `
${places(sizes)}
fn main(index: i32) {
  ${ownPlace('column')}
  let bias = head * ${size};
  let r = column * uniforms.width + head * ${size};
  ${eachPart(
    sizes,
    (p) => `let r${p} = ${read('positions', 'r', p)};
  let content${p} = ${read('contentBias', 'bias', p)};
  let position${p} = ${read('positionBias', 'bias', p)};
  var dr${p} = vec4<f32>(0.0);`,
  )}
  // The last query meets this distance at key = column; an earlier one that much earlier.
  for (var query = max(uniforms.length - 1 - column, 0); query < uniforms.length; query++) {
    let k = packedAt(sample, column - (uniforms.length - 1 - query), head) + uniforms.width;
    let v = k + uniforms.width;
    let asked = packedAt(sample, uniforms.keys - uniforms.length + query, head);
    let at = queryAt(sample, query, head);
    let row = rowOf(sample, query, head);
    ${eachPart(sizes, (p) => `let q${p} = ${read('qkv', 'asked', p)}; let biased${p} = q${p} + position${p};`)}
    let score = ${sumParts(sizes, (p) => `dot(q${p} + content${p}, ${read('qkv', 'k', p)}) + dot(biased${p}, r${p})`)};
    let dp = ${sumParts(sizes, (p) => `dot(${read('dy', 'at', p)}, ${read('qkv', 'v', p)})`)};
    let weight = exp(score * ${scaleOf(sizes)} - rows[2 * row]);
    let ds = weight * (dp - rows[2 * row + 1]) * ${scaleOf(sizes)};
    ${eachPart(sizes, (p) => `dr${p} += ds * biased${p};`)}
  }
  ${eachPart(sizes, (p) => writePart(sizes, 'result', `((sample * uniforms.keys) * uniforms.width + r)`, p, `dr${p}`))}
}`,
  });
}
