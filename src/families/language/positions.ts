import * as tf from '../../tf/index.ts';

const tables = new Map<string, Float32Array>();

/**
 * Sinusoids of the distances K − 1 … 0: `[sin(p ω), cos(p ω)]`, ω_i = 10000^(−2i/width), as
 * `[keys, width]`. Width must be even. The numbers are kept on the host, since every
 * evaluation asks for the same ones.
 *
 * Transformer-XL, Dai et al. 2019.
 */
export function positionEmbedding(keys: number, width: number): tf.Tensor {
  const name = `${keys} ${width}`;
  let table = tables.get(name);
  if (!table) {
    const half = width / 2;
    table = Float32Array.from({ length: keys * width }, (_, at) => {
      const column = at % width;
      const distance = keys - 1 - Math.floor(at / width);
      const angle = distance * 10000 ** (-(column % half) / half);
      return column < half ? Math.sin(angle) : Math.cos(angle);
    });
    // A handful of shapes is in use at a time; forgetting the rest bounds the memory.
    if (tables.size >= 16) tables.clear();
    tables.set(name, table);
  }
  return tf.tensor(table, [keys, width]);
}
