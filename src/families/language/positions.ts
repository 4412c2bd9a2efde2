import * as tf from '../../tf/index.ts';

const tables = new Map<string, Float32Array>();

/**
 * What a query knows of a key `distance` positions before it: `[sin(p ω), cos(p ω)]`, ω_i = 10000^(−2i/width). Width
 * must be even.
 *
 * Transformer-XL, Dai et al. 2019.
 */
export function sinusoids(distance: number, width: number): Float64Array {
  const half = width / 2;
  return Float64Array.from({ length: width }, (_, column) => {
    const angle = distance * 10000 ** (-(column % half) / half);
    return column < half ? Math.sin(angle) : Math.cos(angle);
  });
}

/**
 * `sinusoids` of the distances K − 1 … 0, as `[keys, width]`. The numbers are kept on the host, since every
 * evaluation asks for the same ones.
 */
export function positionEmbedding(keys: number, width: number): tf.Tensor {
  const name = `${keys} ${width}`;
  let table = tables.get(name);
  if (!table) {
    table = new Float32Array(keys * width);
    for (let row = 0; row < keys; row++) table.set(sinusoids(keys - 1 - row, width), row * width);
    // A handful of shapes is in use at a time; forgetting the rest bounds the memory.
    if (tables.size >= 16) tables.clear();
    tables.set(name, table);
  }
  return tf.tensor(table, [keys, width]);
}
