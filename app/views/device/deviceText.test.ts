import { expect, it } from 'vitest';
import { someDevice, someMemory } from '../../../test/app/fakeValues.ts';
import { backendText } from './deviceText.ts';

const shown = { engine: 'on', device: someDevice, memory: null, picked: false } as const;

it.each([
  [{ webgpu: 5.061, wasm: 0.8286 }, 'Auto: WebGPU, 5.1 against 0.83 ms'],
  [{ webgpu: 506.1, wasm: 1492 }, 'Auto: WebGPU, 510 against 1500 ms'],
  [undefined, 'WebGPU · acme one'],
])('the chip says what computes and, with the timing %o, why', (timing, text) => {
  expect(backendText({ ...shown, timing })).toBe(text);
});

it('the chip says how much is held', () => {
  expect(backendText({ ...shown, timing: undefined, memory: someMemory })).toMatch(
    / · [\d.]+ .?B$/,
  );
});
