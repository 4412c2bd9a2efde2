import * as tf from '../../tf/index.ts';

/** The paper's bound: of products of sines, none of which is above 1, it makes a contraction. */
export const weightBound = 0.97;

/** Squarings of WᵀW: its largest eigenvalue outgrows one that is two per cent smaller by e¹⁰. */
const squarings = 9;

/** W `[n, n]` scaled down so that its largest singular value is at most 0.97 (`norms.spectral_norm` of locuslab/ImpSq). */
export const bounded = (w: tf.Tensor): tf.Tensor =>
  tf.div(w, tf.maximum(tf.div(largestSingular(w), weightBound), 1));

/**
 * The largest singular value of W `[n, n]`, by squaring WᵀW where the paper's code does five power iterations: the same
 * for the same weights. Its gradient is u vᵀ of the two singular vectors.
 */
export function largestSingular(w: tf.Tensor): tf.Tensor {
  const find = tf.customGrad((given, save) => {
    const [u, v, sigma] = vectors(given as tf.Tensor);
    (save as (tensors: tf.Tensor[]) => void)([u, v]);
    return {
      value: sigma,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [left, right] = saved as [tf.Tensor, tf.Tensor];
        return tf.mul(dy, tf.mul(left, tf.reshape(right, [1, -1])));
      },
    };
  });
  return find(w);
}

/** u `[n, 1]`, v `[n, 1]` and σ. */
function vectors(w: tf.Tensor): [u: tf.Tensor, v: tf.Tensor, sigma: tf.Tensor] {
  const [n = 1] = w.shape;
  let gram: tf.Tensor = tf.matMul(tf.transpose(w), w);
  for (let k = 0; k < squarings; k++) {
    const scaled = tf.div<tf.Tensor2D>(gram, tf.maximum(tf.max(tf.abs(gram)), tiny));
    gram = tf.matMul(scaled, scaled);
  }
  // Of a symmetric power nearly all of one vector: the sum of its columns, with signs that no symmetry cancels.
  const start = tf.tensor(
    Float32Array.from({ length: n }, (_, i) => 1 + 0.5 * Math.sin(1.7 * i)),
    [n, 1],
  );
  const turned = tf.matMul(gram, start);
  const v = unit(turned);
  const image = tf.matMul(w, v);
  const sigma = tf.sqrt(tf.sum(tf.square(image)));
  return [tf.div(image, tf.maximum(sigma, tiny)), v, sigma];
}

/** Keeps weights that are all zero from dividing by it. */
const tiny = 1e-20;

const unit = (x: tf.Tensor): tf.Tensor =>
  tf.div(x, tf.maximum(tf.sqrt(tf.sum(tf.square(x))), tiny));
