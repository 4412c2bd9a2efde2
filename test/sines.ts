/** Angles that a wave meets, and their sines on the backend in use. */
import { cos } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import * as tf from '../src/tf/index.ts';

/** From one turn to thousands, beside the places where the nearest multiple of π changes. */
export const angles: readonly number[] = [
  ...Array.from({ length: 4001 }, (_, i) => (i - 2000) * 0.0123),
  ...Array.from({ length: 2000 }, (_, i) => (i - 1000) * 7.77),
  ...Array.from({ length: 80 }, (_, i) => ((i - 40) / 2) * Math.PI),
  ...[0, -0, 1e-30, -1e-8, 9999.5, -12345.67],
];

/** Both to 2 × 10⁻⁷, which is what a float32 near 1 is known to; NaN where there is none. */
export async function expectSines(values: readonly number[]): Promise<void> {
  const x = tf.tensor([...values]);
  const [sines, cosines] = [tf.sin(x), cos(x)];
  const [given, sine, cosine] = await Promise.all([x.data(), sines.data(), cosines.data()]);
  tf.dispose([x, sines, cosines]);
  for (const [i, at] of given.entries())
    for (const [name, found, right] of [
      ['sin', sine[i], Math.sin(at)],
      ['cos', cosine[i], Math.cos(at)],
    ] as const)
      if (Number.isNaN(right)) expect(found, `${name} ${String(at)}`).toBeNaN();
      else if (!(Math.abs((found ?? NaN) - right) <= 2e-7))
        expect(found, `${name} ${String(at)}`).toBe(right);
}
