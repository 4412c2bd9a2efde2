import { expect, it } from 'vitest';
import { someDevice } from '../../../test/app/fakeValues.ts';
import { kernelProblem, kernelsInUse, tuningText } from './kernelText.ts';

it('the timings of the variants are one sentence', () => {
  expect(tuningText(someDevice.kernels.tuning)).toBe(
    'Auto: register blocks, 1.2 ms against 3.4 ms for workgroup tiles.',
  );
  expect(tuningText({ chosen: 'registers', why: 'Tiles can’t be compiled.', timings: [] })).toBe(
    'Auto: register blocks. Tiles can’t be compiled.',
  );
  expect(tuningText(undefined)).toBeNull();
});

it('what is in use has a name', () => {
  expect(kernelsInUse(someDevice)).toBe('fused, register blocks');
  const kernels = { wanted: 'stock', inUse: 'stock' } as const;
  expect(kernelsInUse({ ...someDevice, kernels })).toBe('TensorFlow.js’s own');
});

it('where there is no choice, the reason is told', () => {
  const wasm = { ...someDevice, backend: { ...someDevice.backend, name: 'wasm' as const } };
  expect(kernelProblem(someDevice, false)).toBeNull();
  expect(kernelProblem(null, false)).toBeNull();
  expect(kernelProblem(wasm, false)).toContain('only WebGPU');
  expect(kernelProblem(someDevice, true)).toContain('Pause');
});
