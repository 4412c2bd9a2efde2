import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { angles, expectSines } from '../../test/sines.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { initBackend } from './backend.ts';
import * as tf from './index.ts';

beforeAll(async () => {
  wasmInNode();
  await initBackend('wasm');
});
failOnLeaks();

test('sines and cosines are right to float32’s last digits, many turns away too', async () => {
  await expectSines(angles);
});

test('far beyond any turn that float32 can tell, and where there is no number, the library’s own', async () => {
  await expectSines([1e7, -3e8, 1e30, Infinity, -Infinity, NaN]);
});

test('a sine’s gradient is its cosine', async () => {
  const x = tf.tensor([0.3, -40, 1200]);
  const slope = tf.grad((z) => tf.sum(tf.sin(z)))(x);
  const found = await slope.data();
  for (const [i, at] of [0.3, -40, 1200].entries()) expect(found[i]).toBeCloseTo(Math.cos(at), 6);
  tf.dispose([x, slope]);
});
