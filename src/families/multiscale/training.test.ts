import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { experiment } from '../../../test/engineWire.ts';
import { openEngine } from '../../../test/trainingSuite.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import { setAssetReader } from '../../inputs/assets.ts';
import { openSketch } from './open.ts';

beforeAll(() => {
  wasmInNode();
  setAssetReader(async (path) => new Uint8Array(await readFile(`public/${path}`)));
});

const setup = experiment({
  ...{ 'problem.family': 'multiscale', 'multiscale.weights': 'random' },
  ...{ 'multiscale.channels': '4', 'multiscale.expansion': 1 },
  ...{ 'solver.maxIterations': 4, 'backward.maxIterations': 4 },
  ...{ 'train.batch': 8, 'train.steps': 100, 'train.warmup': 0, 'train.learningRate': 1e-2 },
  ...{ 'train.validateEvery': 10_000, 'train.spectrumEvery': 0, 'train.jacobianWeight': 0 },
});

test('digits are learnt through the engine: resumed bit for bit, by the paper’s names, and solved in the Solve view', async () => {
  const { engine, records } = await openEngine('wasm');
  const { data } = await engine.openTraining(setup, undefined);
  expect([data.learnt + data.heldOut, data.metrics.map(({ name }) => name)]).toEqual([
    10_000,
    ['accuracy'],
  ]);
  // Never to its last step: the thousand digits held out take longer than all else here, and once is enough.
  await engine.train(8);
  const file = await engine.saveTraining();
  await engine.train(4);
  const whole = records.map(({ loss }) => loss);
  expect(whole).toHaveLength(12);
  const mean = (of: number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
  expect(mean(whole.slice(-4))).toBeLessThan(0.9 * mean(whole.slice(0, 4)));

  const model = await engine.exportModel();
  expect(Object.keys(decodeSafetensors(model).tensors)).toContain(
    'post_fuse_layers.1.gnorm.weight',
  );
  using solved = openSketch(
    { ...setup, multiscale: { ...setup.multiscale, weights: 'trained' } },
    model,
  );
  expect(solved.notes).toEqual([]);

  records.length = 0;
  await engine.openTraining(setup, undefined, file);
  await engine.train(4);
  expect(records.map(({ loss }) => loss)).toEqual(whole.slice(8));
});
