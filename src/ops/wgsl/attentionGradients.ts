/**
 * Cotangents of attention, without atomics: every number is made by one thread, in a fixed order.
 * With `p_ij` from the statistics of the forward pass, `dp_ij = dy_i·v_j`, and
 * `ds_ij = p_ij (dp_ij − dy_i·y_i) / √size`:
 *
 * `dq_i = Σ_j ds_ij (k_j + r)`, `dk_j = Σ_i ds_ij (q_i + b_w)`, `dv_j = Σ_i p_ij dy_i`,
 * `dr_c = Σ_i ds_ij (q_i + b_r)`. Dao et al. 2022 (FlashAttention), with relative positions.
 */
import type * as tf from '../../tf/index.ts';
import { computeOne, update, type Launch } from '../../tf/programs.ts';
import {
  attentionReads,
  attentionUniforms,
  biasedQuery,
  eachPart,
  ownPosition,
  ownQuery,
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
  ${ownQuery}
  let at = queryAt(sample, query, head);
  result[2 * index] = statistics[index];
  result[2 * index + 1] = ${sumParts(sizes, (p) => `dot(${read('dy', 'at', p)}, ${read('y', 'at', p)})`)};
}`,
  });
}

/** Reads and uniforms of the kernels below. With the result that makes seven buffers of eight. */
const common = (
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

/** Those through both go to the queries' own places in a packed `result`, the others to theirs. */
function queryLaunch(
  inputs: Attention,
  pulled: AttentionPulled,
  through: Through,
): Omit<Launch, 'result' | 'also'> {
  const sizes = sizesOf(inputs);
  const { batch, length, heads, size } = sizes;
  const read = partReader(sizes);
  return {
    ...common(inputs, pulled, sizes),
    key: `attention dq ${size} ${through}`,
    threads: batch * heads * length,
    source: () => `
${places(sizes)}
fn main(index: i32) {
  ${ownQuery}
  ${biasedQuery(sizes)}
  let at = queryAt(sample, query, head);
  ${eachPart(sizes, (p) => `let dy${p} = ${read('dy', 'at', p)}; var dq${p} = vec4<f32>(0.0);`)}
  for (var key = 0; key <= last; key++) {
    let k = packedAt(sample, key, head) + uniforms.width;
    let v = k + uniforms.width;
    let r = positionAt(query, key, head);
    ${eachPart(sizes, (p) => `let k${p} = ${read('qkv', 'k', p)}; let r${p} = ${read('positions', 'r', p)};`)}
    let score = ${sumParts(sizes, (p) => `dot(content${p}, k${p}) + dot(position${p}, r${p})`)};
    let dp = ${sumParts(sizes, (p) => `dot(dy${p}, ${read('qkv', 'v', p)})`)};
    let ds = exp(score - rows[2 * index]) * (dp - rows[2 * index + 1]);
    ${eachPart(sizes, (p) => `dq${p} += ds * ${{ content: `k${p}`, position: `r${p}`, both: `(k${p} + r${p})` }[through]};`)}
  }
  ${eachPart(sizes, (p) => writePart(sizes, 'result', through === 'both' ? 'own' : 'at', p, `dq${p} * ${scaleOf(sizes)}`))}
}`,
  };
}

/**
 * Cotangent of the packed input `[batch, K, 3 d]`: one thread a position and head, which adds over
 * the queries that see it. Those of the queries are written into it afterwards.
 */
export function packedGradient(inputs: Attention, pulled: AttentionPulled): tf.Tensor {
  const sizes = sizesOf(inputs);
  const { batch, heads, keys, size, components } = sizes;
  const read = partReader(sizes);
  const packed = computeOne({
    ...common(inputs, pulled, sizes),
    key: `attention dqkv ${size}`,
    result: [inputs.qkv.shape, components],
    threads: batch * heads * keys,
    source: () => `
${places(sizes)}
fn main(index: i32) {
  ${ownPosition('key')}
  let q = packedAt(sample, key, head);
  let k = q + uniforms.width;
  let v = k + uniforms.width;
  let bias = head * ${size};
  // The query at this position; negative for a remembered one, which asks nothing.
  let own = key - (uniforms.keys - uniforms.length);
  ${eachPart(
    sizes,
    (p) => `let k${p} = ${read('qkv', 'k', p)};
  let v${p} = ${read('qkv', 'v', p)};
  let content${p} = ${read('contentBias', 'bias', p)};
  let position${p} = ${read('positionBias', 'bias', p)};
  var dk${p} = vec4<f32>(0.0);
  var dv${p} = vec4<f32>(0.0);`,
  )}
  for (var query = max(own, 0); query < uniforms.length; query++) {
    let asked = packedAt(sample, uniforms.keys - uniforms.length + query, head);
    let r = positionAt(query, key, head);
    let at = queryAt(sample, query, head);
    let row = rowOf(sample, query, head);
    ${eachPart(
      sizes,
      (p) => `let q${p} = ${read('qkv', 'asked', p)}; let dy${p} = ${read('dy', 'at', p)};
    let biased${p} = q${p} + content${p};`,
    )}
    let score = ${sumParts(sizes, (p) => `dot(biased${p}, k${p}) + dot(q${p} + position${p}, ${read('positions', 'r', p)})`)};
    let dp = ${sumParts(sizes, (p) => `dot(dy${p}, v${p})`)};
    let weight = exp(score * ${scaleOf(sizes)} - rows[2 * row]);
    let ds = weight * (dp - rows[2 * row + 1]) * ${scaleOf(sizes)};
    ${eachPart(sizes, (p) => `dk${p} += ds * biased${p}; dv${p} += weight * dy${p};`)}
  }
  if (own < 0) {
    ${eachPart(sizes, (p) => writePart(sizes, 'result', 'q', p, 'vec4<f32>(0.0)'))}
  }
  ${eachPart(
    sizes,
    (p) => `${writePart(sizes, 'result', 'k', p, `dk${p}`)}
  ${writePart(sizes, 'result', 'v', p, `dv${p}`)}`,
  )}
}`,
  });
  update({
    ...queryLaunch(inputs, pulled, 'both'),
    writes: { result: [packed, components] },
  });
  return packed;
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
  ${ownPosition('column')}
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
