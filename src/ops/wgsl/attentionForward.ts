import type { Launch } from '../../tf/programs.ts';
import {
  attentionReads,
  attentionUniforms,
  biasedQuery,
  eachPart,
  ownQuery,
  partReader,
  places,
  sizesOf,
  sumParts,
  writePart,
  type Attention,
} from './attentionSource.ts';

/**
 * One thread a query and head. It walks over the keys up to its own with a running softmax
 * (Milakov and Gimelshein 2018): the mixed values are kept relative to the largest score so far,
 * so no row of scores is ever stored. Neighbouring threads are neighbouring queries: they read
 * the same key at the same time. Writes the logarithm of each row's sum beside the result.
 */
export function attentionForward(inputs: Attention): Launch {
  const sizes = sizesOf(inputs);
  const { batch, length, heads, width, size, components } = sizes;
  const read = partReader(sizes);
  return {
    key: `attention ${size}`,
    reads: attentionReads(inputs, sizes),
    sizes: attentionUniforms(sizes),
    result: [[batch, length, width], components],
    also: { statistics: [[batch, heads, length], 1] },
    threads: batch * heads * length,
    source: () => `
${places(sizes)}
fn main(index: i32) {
  ${ownQuery}
  ${biasedQuery(sizes)}
  ${eachPart(sizes, (p) => `var mixed${p} = vec4<f32>(0.0);`)}
  var largest = -1e30;
  var sum = 0.0;
  for (var key = 0; key <= last; key++) {
    let k = packedAt(sample, key, head) + uniforms.width;
    let v = k + uniforms.width;
    let r = positionAt(query, key, head);
    let score = ${sumParts(sizes, (p) => `dot(content${p}, ${read('qkv', 'k', p)}) + dot(position${p}, ${read('positions', 'r', p)})`)};
    if (score > largest) {
      let shrink = exp(largest - score);
      largest = score;
      sum *= shrink;
      ${eachPart(sizes, (p) => `mixed${p} *= shrink;`)}
    }
    let weight = exp(score - largest);
    sum += weight;
    ${eachPart(sizes, (p) => `mixed${p} += weight * ${read('qkv', 'v', p)};`)}
  }
  let to = queryAt(sample, query, head);
  ${eachPart(sizes, (p) => writePart(sizes, 'result', 'to', p, `mixed${p} / sum`))}
  statistics[index] = largest + log(sum);
}`,
  };
}
