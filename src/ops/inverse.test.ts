/** Inverses by products alone. */
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { wave } from '../../test/wave.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { complexProduct, inverse } from './inverse.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

test('inverses of complex matrices, one a hundred times worse conditioned than the other', async () => {
  const product = tf.tidy(() => {
    const spread = tf.reshape(tf.tensor([1, 100]), [2, 1, 1]);
    const eye = tf.mul(tf.reshape(tf.eye(4), [1, 4, 4]), spread);
    const matrices = { re: tf.add(wave([2, 4, 4], 0.9), tf.mul(eye, 2)), im: wave([2, 4, 4], 1.7) };
    const { re, im } = complexProduct(matrices, inverse(matrices));
    return tf.stack([re, im ?? tf.zerosLike(re)]);
  });
  const identity = await product.data();
  product.dispose();
  for (const [k, value] of identity.entries())
    expect(Math.abs(value - (k < 32 && Math.floor((k % 16) / 4) === k % 4 ? 1 : 0))).toBeLessThan(
      2e-5,
    );
});
