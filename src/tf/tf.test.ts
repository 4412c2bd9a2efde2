import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend, setWasmBase } from './backend.ts';
import { describeAdapter } from './device.ts';
import * as tf from './index.ts';
import { MemoryMeter } from './memory.ts';
import { Owned } from './owned.ts';
import { readPacked } from './readback.ts';
import { selfTest } from './selfTest.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

describe('backends', () => {
  test('auto takes the first that works and says why the others did not', async () => {
    const info = await initBackend('auto');
    expect(info.rejected.map(({ name }) => name)).toContain('webgpu');
    for (const { reason } of info.rejected) expect(reason.length).toBeGreaterThan(20);
    expect(tf.getBackend()).toBe(info.name);
    await initBackend('cpu');
  });

  test('a backend that was asked for and does not work rejects with the reason', async () => {
    await expect(initBackend('webgpu')).rejects.toThrow(/WebGPU/);
    expect(tf.getBackend()).toBe('cpu');
  });

  test('a clone on WebAssembly is a handle on the same data, which outlives the original', async () => {
    setWasmBase(`${join(process.cwd(), 'public', 'wasm')}/`);
    await initBackend('wasm');
    {
      using meter = new MemoryMeter();
      const x = tf.ones([1000]);
      const before = meter.sample().live;
      const y = tf.clone(x);
      expect(meter.sample().peak).toBe(before);
      x.dispose();
      expect([...(await y.data())]).toEqual(Array<number>(1000).fill(1));
      y.dispose();
      expect(meter.sample().live).toBe(before - 4000);
    }
    await initBackend('cpu');
  });

  test('the self-test passes on the CPU and leaves nothing behind', async () => {
    const report = await selfTest();
    expect(report).toMatchObject({ passed: true, forwardError: 0, gradientError: 0 });
  });
});

test.each([
  [{ vendor: 'google', architecture: 'swiftshader', isFallbackAdapter: false }, true],
  [{ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }, true],
  [{ vendor: 'mesa', description: 'llvmpipe (LLVM 17)' }, true],
  [{ vendor: 'acme', isFallbackAdapter: true }, true],
  [{ vendor: 'apple', architecture: 'metal-3' }, false],
  [{ vendor: 'nvidia', architecture: 'hopper' }, false],
])('whether a GPU is software: %o', (told, software) => {
  const silent = { vendor: '', architecture: '', description: '', isFallbackAdapter: false };
  const info = Object.assign(silent, told) as unknown as GPUAdapterInfo;
  expect(describeAdapter(info).isFallback).toBe(software);
});

describe('Owned', () => {
  test('frees its value at the end of the scope, and the old value when it is replaced', () => {
    using owned = new Owned(() => ({ a: tf.ones([3]), b: [tf.zeros([2])] }));
    const { a } = owned.value;
    owned.set({ a: tf.ones([1]), b: [] });
    expect(a.isDisposed).toBe(true);
  });

  test('gives its value away', () => {
    using owned = new Owned(() => tf.ones([3]));
    const value = owned.release();
    expect(() => owned.value).toThrow('released');
    value.dispose();
  });
});

test('reads several tensors in one go', async () => {
  const tensors = [tf.tensor([1, 2, 3]), tf.tensor([[4], [5]]), tf.scalar(6)];
  const read = await readPacked(tensors);
  expect(read.map((values) => Array.from(values))).toEqual([[1, 2, 3], [4, 5], [6]]);
  tf.dispose(tensors);
});

test('the meter follows what tensors hold', () => {
  using meter = new MemoryMeter();
  const { live } = meter.sample();
  const big = tf.zeros([1000]);
  expect(meter.sample()).toMatchObject({ live: live + 4000, peak: live + 4000, exact: false });
  big.dispose();
  expect(meter.sample()).toMatchObject({ live, peak: live + 4000 });
  meter.resetPeak();
  expect(meter.sample().peak).toBe(live);
});
