import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { experiment } from '../../../test/engineWire.ts';
import { openEngine } from '../../../test/trainingSuite.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import { setAssetReader } from '../../inputs/assets.ts';
import * as tf from '../../tf/index.ts';
import { analysisOf } from './observe.ts';
import { openWeights, operatorOf } from './parameters.ts';

beforeAll(() => {
  wasmInNode();
  setAssetReader(async (path) => new Uint8Array(await readFile(`public/${path}`)));
});

const setup = experiment({
  ...{ 'problem.family': 'monotone', 'monotone.weights': 'random', 'monotone.hidden': 12 },
  ...{ 'solver.map': 'peaceman-rachford', 'solver.method': 'picard', 'monotone.alpha': 1 },
  ...{ 'train.batch': 16, 'train.steps': 40, 'train.warmup': 0, 'train.learningRate': 1e-2 },
  ...{ 'train.validateEvery': 20, 'train.spectrumEvery': 0, 'train.jacobianWeight': 0 },
});

test('digits are learnt through the engine: accuracy, resume, the paper’s names, and a unique fixed point throughout', async () => {
  const { engine, records, events } = await openEngine('wasm');
  const { data } = await engine.openTraining(setup, undefined);
  expect([data.learnt + data.heldOut, data.metrics.map(({ name }) => name)]).toEqual([
    10_000,
    ['accuracy'],
  ]);
  await engine.train(20);
  const file = await engine.saveTraining();
  await engine.train();
  const whole = records.map(({ loss }) => loss);
  const mean = (of: number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
  expect(mean(whole.slice(-5))).toBeLessThan(0.7 * mean(whole.slice(0, 5)));
  expect(records[0]?.metrics?.['accuracy']).toBeLessThan(0.6);
  expect(records.at(-1)?.heldOut?.['accuracy']).toBeGreaterThan(0.5);
  expect(records.at(-1)?.examples).toBe(40 * 16);
  expect(events.some(({ event }) => event === 'checkpoint')).toBe(true);

  const model = await engine.exportModel();
  const { tensors } = decodeSafetensors(model);
  expect(Object.keys(tensors)).toContain('mon.linear_module.A.weight');
  const { network, params } = openWeights(tensors);
  const { certificate } = await analysisOf(operatorOf(network, 1), params);
  // m I − sym(I − W) ⪰ 0, whatever was learnt.
  expect(certificate.smallest).toBeGreaterThan(1 - 1e-4);
  tf.dispose(params);

  records.length = 0;
  await engine.openTraining(setup, undefined, file);
  await engine.train();
  expect(records.map(({ loss }) => loss)).toEqual(whole.slice(20));
  engine.dispose();
});
