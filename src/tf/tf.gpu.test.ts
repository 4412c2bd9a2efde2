import { backend, ready, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend, type BackendInfo } from './backend.ts';
import * as tf from './index.ts';
import { MemoryMeter } from './memory.ts';
import { selfTest } from './selfTest.ts';

let info: BackendInfo;
beforeAll(async () => {
  info = await initBackend('auto');
});
failOnLeaks();

test('auto takes WebGPU and names the adapter', () => {
  expect(info).toMatchObject({ name: 'webgpu', rejected: [] });
  expect(info.adapter?.vendor).toBeTruthy();
});

test('the device is ours, not the one the package makes for itself', () => {
  const { device } = backend() as unknown as { device: GPUDevice };
  // The package's own factory never asks for more than this set of limits; ours keeps the device.
  expect(device).toBeInstanceOf(GPUDevice);
  expect(device.limits.maxBufferSize).toBeGreaterThanOrEqual(268435456);
});

test('asking again keeps the device, and so its tensors', async () => {
  const before = backend();
  const x = tf.tensor([1, 2, 3]);
  await initBackend('webgpu');
  expect(backend()).toBe(before);
  expect(Array.from(await x.data())).toEqual([1, 2, 3]);
  x.dispose();
});

test('the self-test passes', async () => {
  const report = await selfTest();
  expect(report.passed).toBe(true);
  expect(report.forwardError).toBeLessThan(1e-5);
  expect(report.gradientError).toBeLessThan(1e-5);
  expect(tf.getBackend()).toBe('webgpu');
});

describe('MemoryMeter', () => {
  test('counts every buffer: the peak of what lived at once, exactly', async () => {
    await setBackend('webgpu');
    await ready();
    using meter = new MemoryMeter();
    const before = meter.sample().live;
    const x = tf.tensor(new Float32Array(10_000).fill(1));
    const y = tf.tidy(() => tf.mul(tf.add(x, 1), 2));
    await y.data();
    const { live, peak, pool, exact } = meter.sample();
    expect(exact).toBe(true);
    // x, x + 1 and y live at once; uniforms and the read-back's staging come on top.
    expect(peak - before).toBeGreaterThanOrEqual(120_000);
    expect(peak - before).toBeLessThan(170_000);
    expect(live).toBeLessThan(peak);
    expect(pool).toBeGreaterThanOrEqual(peak);
    tf.dispose([x, y]);
  });

  test('unwraps the buffer manager when it is disposed', () => {
    const { bufferManager } = backend() as unknown as { bufferManager: { acquireBuffer: unknown } };
    const original = bufferManager.acquireBuffer;
    const meter = new MemoryMeter();
    expect(bufferManager.acquireBuffer).not.toBe(original);
    meter[Symbol.dispose]();
    expect(bufferManager.acquireBuffer).toBe(original);
  });
});
