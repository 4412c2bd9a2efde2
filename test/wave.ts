import * as tf from '../src/tf/index.ts';

/** Reproducible numbers between −1 and 1, in no pattern that a wrong index would keep. */
export const wave = (shape: readonly number[], pace: number): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
      Math.sin(pace * i + 0.37 * i * i + pace),
    ),
    [...shape],
  );
