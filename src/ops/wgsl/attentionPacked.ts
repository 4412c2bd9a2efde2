import type * as tf from '../../tf/index.ts';
import { computeOne, eachOf, update } from '../../tf/programs.ts';
import { common, queryLaunch, type AttentionPulled } from './attentionGradients.ts';
import {
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
} from './attentionSource.ts';

/**
 * Cotangent of the packed input `[batch, K, 3 d]`: a thread has a few neighbouring positions of a head, and
 * adds over the queries that see them. A query meets the position at a key that the query before it met
 * one key earlier. Those of the queries are written into it afterwards.
 */
export function packedGradient(inputs: Attention, pulled: AttentionPulled): tf.Tensor {
  const sizes = sizesOf(inputs);
  const { batch, heads, keys, size, components } = sizes;
  const read = partReader(sizes);
  // As many keys as other kernels have queries.
  const { queries: count } = blockOf(sizes);
  const each = (line: (key: number) => string): string => eachOf(count, line);
  const packed = computeOne({
    ...common(inputs, pulled, sizes),
    key: `attention dqkv ${size} ${count}`,
    result: [inputs.qkv.shape, components],
    threads: batch * heads * Math.ceil(keys / count),
    source: () => `
${places(sizes)}
fn main(index: i32) {
  ${ownPlace('key', count)}
  let bias = head * ${size};
  ${eachPart(
    sizes,
    (p) => `let content${p} = ${read('contentBias', 'bias', p)};
  let position${p} = ${read('positionBias', 'bias', p)};`,
  )}
  // The query at this position; negative for a remembered one, which asks nothing.
  let own = key - (uniforms.keys - uniforms.length);
  let first = max(own, 0);
  // Keys past the end repeat the last one and are not written.
  ${each(
    (j) => `let q_${j} = packedAt(sample, min(key + ${j}, uniforms.keys - 1), head);
  let k_${j} = q_${j} + uniforms.width;
  let v_${j} = k_${j} + uniforms.width;
  let r_${j} = positionAt(first, min(key + ${j}, uniforms.keys - uniforms.length + first), head);
  ${eachPart(
    sizes,
    (p) => `let k${p}_${j} = ${read('qkv', `k_${j}`, p)};
  let v${p}_${j} = ${read('qkv', `v_${j}`, p)};
  var r${p}_${j} = ${read('positions', `r_${j}`, p)};
  var dk${p}_${j} = vec4<f32>(0.0);
  var dv${p}_${j} = vec4<f32>(0.0);`,
  )}`,
  )}
  for (var query = first; query < uniforms.length; query++) {
    let asked = packedAt(sample, uniforms.keys - uniforms.length + query, head);
    let r = positionAt(query, key, head);
    let at = queryAt(sample, query, head);
    let row = rowOf(sample, query, head);
    ${eachPart(
      sizes,
      (p) => `let q${p} = ${read('qkv', 'asked', p)}; let dy${p} = ${read('dy', 'at', p)};
    let biased${p} = q${p} + content${p};
    let moved${p} = q${p} + position${p};
    r${p}_0 = ${read('positions', 'r', p)};`,
    )}
    ${each(
      (j) => `{
      let score = ${sumParts(sizes, (p) => `dot(biased${p}, k${p}_${j}) + dot(moved${p}, r${p}_${j})`)};
      let dp = ${sumParts(sizes, (p) => `dot(dy${p}, v${p}_${j})`)};
      let weight = select(0.0, exp(score * ${scaleOf(sizes)} - rows[2 * row]), own + ${j} <= query);
      let ds = weight * (dp - rows[2 * row + 1]) * ${scaleOf(sizes)};
      ${eachPart(sizes, (p) => `dk${p}_${j} += ds * biased${p}; dv${p}_${j} += weight * dy${p};`)}
    }`,
    )}
    ${eachOf(count - 1, (j) => eachPart(sizes, (p) => `r${p}_${count - 1 - j} = r${p}_${count - 2 - j};`))}
  }
  ${each(
    (j) => `if (key + ${j} < uniforms.keys) {
    if (own + ${j} < 0) {
      ${eachPart(sizes, (p) => writePart(sizes, 'result', `q_${j}`, p, 'vec4<f32>(0.0)'))}
    }
    ${eachPart(
      sizes,
      (p) => `${writePart(sizes, 'result', `k_${j}`, p, `dk${p}_${j}`)}
    ${writePart(sizes, 'result', `v_${j}`, p, `dv${p}_${j}`)}`,
    )}
  }`,
  )}
}`,
  });
  update({
    ...queryLaunch(inputs, pulled, 'both'),
    writes: { result: [packed, components] },
  });
  return packed;
}
