import { addProduct, addScaled, dot, layerNormInPlace, reluInPlace } from '../../ops/vectors.ts';
import { sinusoids } from './positions.ts';
import { affine, embedded, tiedLogits, weight, type Sequence, type Weights } from './sequence.ts';
import type { TransformerConfig } from './transformerParameters.ts';

/**
 * The transformer position by position: `transformerCell` for one query, against kept keys and values. Those are
 * z W + u of earlier equilibria and injections, and do not depend on the query; what relates a query to a key is
 * their distance alone, so they stay what they are however long the sequence grows.
 */
export function transformerSequence(config: TransformerConfig, weights: Weights): Sequence {
  const { dModel: d, heads, preLayerNorm } = config;
  const size = d / heads;
  const projection = weight(weights, 'attention.qkv');
  const outward = (name: string, x: Float64Array): Float64Array =>
    affine(weights, x, [name, `${name}Bias`]);
  /** r of each distance from 0 on, made when first asked for. */
  const distances: Float64Array[] = [];
  const distanceAt = (distance: number): Float64Array => {
    for (let next = distances.length; next <= distance; next++) {
      const r = new Float64Array(d);
      addProduct(r, sinusoids(next, d), weight(weights, 'attention.position'), { columns: d });
      distances.push(r);
    }
    return distances[distance] as Float64Array;
  };
  /** Keys and values side by side `[2 d]` of the kept positions, oldest first. */
  let kept: Float64Array[] = [];
  let injection: Float64Array = new Float64Array(3 * d);
  const normed = (z: Float64Array): Float64Array => {
    const x = z.slice();
    if (preLayerNorm) layerNormInPlace(x);
    return x;
  };

  /** Attention of the newest position, whose queries, keys and values are `qkv`. */
  const attended = (qkv: Float64Array): Float64Array => {
    const out = new Float64Array(d);
    const own = qkv.subarray(d);
    const seen = kept.length;
    const scores = new Float64Array(seen + 1);
    for (let head = 0; head < heads; head++) {
      const at = head * size;
      const biased = (name: string): Float64Array => {
        const q = qkv.slice(at, at + size);
        addScaled(q, 1, weight(weights, name), at);
        return q;
      };
      const content = biased('attention.contentBias');
      const position = biased('attention.positionBias');
      let largest = -Infinity;
      for (let key = 0; key <= seen; key++) {
        const score =
          (dot(content, kept[key] ?? own, at) + dot(position, distanceAt(seen - key), at)) /
          Math.sqrt(size);
        scores[key] = score;
        largest = Math.max(largest, score);
      }
      const mixed = out.subarray(at, at + size);
      let sum = 0;
      for (let key = 0; key <= seen; key++) {
        const share = Math.exp((scores[key] ?? 0) - largest);
        sum += share;
        addScaled(mixed, share, kept[key] ?? own, d + at);
      }
      for (let i = 0; i < size; i++) mixed[i] = (mixed[i] ?? 0) / sum;
    }
    return out;
  };

  return {
    width: d,
    enter: (id) => {
      injection = affine(weights, embedded(weights, id, d, Math.sqrt(d)), [
        'inject.weight',
        'inject.bias',
      ]);
    },
    f: (z, out) => {
      const qkv = injection.slice();
      addProduct(qkv, normed(z), projection, { columns: 3 * d });
      const y = outward('attention.out', attended(qkv));
      addScaled(y, 1, z);
      layerNormInPlace(y);
      const hidden = outward('feedForward.in', y);
      reluInPlace(hidden);
      out.set(outward('feedForward.out', hidden));
      addScaled(out, 1, y);
      if (!preLayerNorm) layerNormInPlace(out);
    },
    keep: (z) => {
      const keyValue = injection.slice(d);
      addProduct(keyValue, normed(z), projection, { columns: 3 * d, firstColumn: d });
      kept.push(keyValue);
    },
    begin: (length) => {
      kept = length > 0 ? kept.slice(-length) : [];
    },
    logits: (z) => tiedLogits(weights, z),
  };
}
