/** Pins what `tape.ts` relies on inside tfjs. */
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { linearize } from '../implicit/linearize.ts';
import { initBackend } from './backend.ts';
import * as tf from './index.ts';
import { MemoryMeter } from './memory.ts';
import { record } from './tape.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const wave = (shape: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1.7 * i)),
    shape,
  );
const f = (w: tf.Tensor, z: tf.Tensor): tf.Tensor =>
  tf.tanh(tf.matMul(tf.softmax(z) as tf.Tensor2D, w as tf.Tensor2D));

test('replays to the same bits as tf.grads, as often as asked, without evaluating f', async () => {
  const inputs = { w: wave([4, 4]), z: wave([3, 4]) };
  let calls = 0;
  const recording = record(({ w, z }) => (calls++, f(w, z)), inputs);
  for (const scale of [1, -2]) {
    const cotangent = tf.fill([3, 4], scale);
    const { w, z } = recording.pullback(cotangent, ['w', 'z']);
    const expected = tf.tidy(() => tf.grads((a, b) => f(a, b))([inputs.w, inputs.z], cotangent));
    expect(await w?.data()).toEqual(await expected[0]?.data());
    expect(await z?.data()).toEqual(await expected[1]?.data());
    tf.dispose([cotangent, w, z, expected]);
  }
  expect(calls).toBe(1);
  recording[Symbol.dispose]();
  tf.dispose(inputs);
});

test.each([1, 2, 3, 4])(
  'adds to %i terms what is to be added, to the bits of adding it after',
  async (uses) => {
    const inputs = { z: wave([3, 4]), w: wave([3, 4]) };
    const recording = record(({ z, w }) => {
      let y = tf.mul(tf.tanh(z), w);
      for (let k = 1; k < uses; k++) y = tf.mul(tf.add(y, z), w);
      return y;
    }, inputs);
    const [cotangent, added] = [wave([3, 4]), tf.fill([3, 4], 0.3)];
    const alone = recording.pullback(cotangent, ['z', 'w']);
    const both = recording.pullback(cotangent, ['z', 'w'], { z: added });
    const expected = tf.add(alone.z as tf.Tensor, added);
    expect(await both.z?.data()).toEqual(await expected.data());
    expect(await both.w?.data()).toEqual(await alone.w?.data());
    recording[Symbol.dispose]();
    tf.dispose([inputs, cotangent, added, alone, both, expected]);
  },
);

test('an input without influence has no cotangent, whatever is added', () => {
  const inputs = { z: wave([4]), w: wave([4]) };
  const recording = record(({ w }) => tf.tanh(w), inputs);
  const pulled = recording.pullback(inputs.w, ['z'], { z: inputs.w });
  expect(pulled.z).toBeUndefined();
  recording[Symbol.dispose]();
  tf.dispose([inputs, pulled]);
});

test('frees cotangents as they are used: a long chain needs no more than a short one', () => {
  using meter = new MemoryMeter();
  const z = wave([64]);
  const cotangent = tf.ones([64]);
  const peakOf = (length: number): number => {
    using recording = record(
      ({ x }) => {
        let y = x;
        for (let k = 0; k < length; k++) y = tf.tanh(y);
        return y;
      },
      { x: z },
    );
    const { live } = meter.sample();
    meter.resetPeak();
    tf.dispose(recording.pullback(cotangent, ['x']));
    return meter.sample().peak - live;
  };
  expect(peakOf(20)).toBe(peakOf(3));
  tf.dispose([z, cotangent]);
});

test('survives its inputs, other gradients and other tapes', async () => {
  const inputs = { w: wave([4, 4]), z: wave([3, 4]) };
  const cotangent = tf.ones([3, 4]);
  const expected = tf.tidy(() => tf.grad((z) => f(inputs.w, z))(inputs.z, cotangent));
  const recording = record(({ w, z }) => f(w, z), inputs);
  const other = record(({ w, z }) => f(w, z), inputs);
  tf.dispose(tf.grad((z) => tf.square(z))(inputs.z, inputs.z));
  tf.dispose(inputs);
  other[Symbol.dispose]();
  const { z } = recording.pullback(cotangent, ['z']);
  expect(await z?.data()).toEqual(await expected.data());
  tf.dispose([cotangent, expected, z]);
  recording[Symbol.dispose]();
  recording[Symbol.dispose]();
});

test('an input without influence has no cotangent; the identity hands its own on', async () => {
  const inputs = { a: wave([2]), b: wave([2]) };
  using recording = record(({ a }) => a, inputs);
  const cotangent = tf.tensor([3, 4]);
  const pulled = recording.pullback(cotangent, ['a', 'b']);
  expect(pulled.b).toBeUndefined();
  expect(Array.from((await pulled.a?.data()) ?? [])).toEqual([3, 4]);
  tf.dispose([pulled, cotangent, inputs]);
});

test('a map that throws leaves neither tensors nor an open tape', () => {
  const z = wave([2]);
  expect(() =>
    record(
      ({ z: x }) => {
        tf.square(x);
        throw new Error('no');
      },
      { z },
    ),
  ).toThrow('no');
  tf.dispose(tf.grad((x) => tf.square(x))(z));
  z.dispose();
});

test('refuses to record inside another gradient', () => {
  const z = wave([2]);
  expect(() => tf.grad((x) => record(() => x, { x }).value)(z)).toThrow(/while a gradient/);
  z.dispose();
});

test('linearize gives zeros for parameters that f ignores, and frees all on dispose', async () => {
  const params = { w: wave([4, 4]), unused: wave([5]), z: wave([2]) };
  const z = wave([3, 4]);
  const linearization = linearize((p, x) => f(p['w'] as tf.Tensor, x), params, z);
  const cotangent = tf.ones([3, 4]);
  const pulled = linearization.vjpParams(cotangent);
  expect(Array.from((await pulled['unused']?.data()) ?? [])).toEqual([0, 0, 0, 0, 0]);
  expect(pulled['w']?.shape).toEqual([4, 4]);
  expect(pulled['z']?.shape).toEqual([2]);
  linearization.dispose();
  tf.dispose([params, z, cotangent, pulled]);
});
