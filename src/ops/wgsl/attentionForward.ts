import { eachOf, type Launch } from '../../tf/programs.ts';
import {
  attentionReads,
  attentionUniforms,
  blockOf,
  biasedQuery,
  eachPart,
  ownPlace,
  partReader,
  places,
  sizesOf,
  sumParts,
  writePart,
  type Attention,
} from './attentionSource.ts';

/**
 * One thread a few neighbouring queries of a head. It walks over the keys up to its own with a running
 * softmax (Milakov and Gimelshein 2018): the mixed values are kept relative to the largest score so far,
 * so no row of scores is ever stored. A query meets the position at a key that the next query meets one
 * key later: the thread hands positions on from query to query. Neighbouring threads read the same key
 * at the same time. Writes the logarithm of each row's sum beside the result.
 */
export function attentionForward(inputs: Attention): Launch {
  const sizes = sizesOf(inputs);
  const { batch, length, heads, width, size, components } = sizes;
  const read = partReader(sizes);
  const { queries, keys } = blockOf(sizes);
  const each = (line: (query: number) => string): string => eachOf(queries, line);
  const eachKey = (line: (key: number) => string): string => eachOf(keys, line);
  // What a query meets at a key: read for the first query, or met before by another.
  const met = (part: number, query: number, key: number): string =>
    key >= query ? `r${part}_0_${key - query}` : `r${part}_${query - key}`;
  return {
    key: `attention ${size} ${queries} ${keys}`,
    reads: attentionReads(inputs, sizes),
    sizes: attentionUniforms(sizes),
    result: [[batch, length, width], components],
    also: { statistics: [[batch, heads, length], 1] },
    threads: batch * heads * Math.ceil(length / queries),
    source: () => `
${places(sizes)}
fn main(index: i32) {
${ownPlace('query', queries)}
  // Queries past the end repeat the last one and are not written.
  ${each((i) => biasedQuery(sizes, { query: `min(query + ${i}, uniforms.length - 1)`, suffix: `_${i}` }))}
  ${each(
    (i) => `${eachPart(sizes, (p) => `var mixed${p}_${i} = vec4<f32>(0.0);`)}
  var largest${i} = -1e30;
  var sum${i} = 0.0;`,
  )}
  // Positions that the queries after the first meet at key 0; handed on from there.
  ${each((i) =>
    i === 0
      ? ''
      : `let r${i} = positionAt(query + ${i}, 0, head);
  ${eachPart(sizes, (p) => `var r${p}_${i} = ${read('positions', `r${i}`, p)};`)}`,
  )}
  for (var key = 0; key <= last_${queries - 1}; key += ${keys}) {
    ${eachKey(
      (j) => `let key${j} = min(key + ${j}, uniforms.keys - 1);
    let at${j} = packedAt(sample, key${j}, head) + uniforms.width;
    let r_${j} = positionAt(query, min(key + ${j}, last_0), head);
    ${eachPart(sizes, (p) => `let k${p}_${j} = ${read('qkv', `at${j}`, p)}; let r${p}_0_${j} = ${read('positions', `r_${j}`, p)};`)}
    ${each((i) => `let score${i}_${j} = select(-1e30, ${sumParts(sizes, (p) => `dot(content${p}_${i}, k${p}_${j}) + dot(position${p}_${i}, ${met(p, i, j)})`)}, key + ${j} <= last_${i});`)}`,
    )}
    ${each(
      (
        i,
      ) => `let most${i} = ${Array.from({ length: keys }, (_, j) => `score${i}_${j}`).reduce((a, b) => `max(${a}, ${b})`)};
    if (most${i} > largest${i}) {
      let shrink = exp(largest${i} - most${i});
      largest${i} = most${i};
      sum${i} *= shrink;
      ${eachPart(sizes, (p) => `mixed${p}_${i} *= shrink;`)}
    }
    ${eachKey((j) => `let weight${i}_${j} = exp(score${i}_${j} - largest${i}); sum${i} += weight${i}_${j};`)}`,
    )}
    ${eachKey((j) =>
      eachPart(
        sizes,
        (p) =>
          `{ let v = ${read('qkv', `(at${j} + uniforms.width)`, p)}; ${each((i) => `mixed${p}_${i} += weight${i}_${j} * v;`)} }`,
      ),
    )}
    ${eachPart(sizes, (p) =>
      Array.from({ length: queries - 1 }, (_, i) => queries - 1 - i)
        .map((i) => `r${p}_${i} = ${met(p, i, keys)};`)
        .join(' '),
    )}
  }
  ${each(
    (i) => `if (query + ${i} < uniforms.length) {
    let to = queryAt(sample, query + ${i}, head);
    ${eachPart(sizes, (p) => writePart(sizes, 'result', 'to', p, `mixed${p}_${i} / sum${i}`))}
    statistics[rowOf(sample, query + ${i}, head)] = largest${i} + log(sum${i});
  }`,
  )}
}`,
  };
}
