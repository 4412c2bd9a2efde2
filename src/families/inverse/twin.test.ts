import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { experiment } from '../../../test/engineWire.ts';
import { openEngine } from '../../../test/trainingSuite.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import { setAssetReader } from '../../inputs/assets.ts';
import { isRelevant } from '../../schema/relevance.ts';
import { twinName, twinOf } from '../../schema/twin.ts';

let opened: Awaited<ReturnType<typeof openEngine>>;
beforeAll(async () => {
  wasmInNode();
  setAssetReader(async (path) => new Uint8Array(await readFile(`public/${path}`)));
  opened = await openEngine('wasm');
});
afterAll(() => opened.engine.closeTraining());

const setup = experiment({
  ...{ 'problem.family': 'inverse', 'inverse.weights': 'random', 'inverse.tie': 'tied' },
  ...{ 'inverse.channels': 4, 'inverse.kernel': 3, 'inverse.sigma': 'relu' },
  ...{ 'train.batch': 2, 'train.steps': 100, 'train.warmup': 0, 'train.maxIterations': 8 },
  ...{ 'train.validateEvery': 10_000, 'train.spectrumEvery': 0, 'train.adjointIterations': 4 },
  ...{ 'train.twin': true, 'train.twinKind': 'tie' },
});

test('tied and untied train side by side, and a checkpoint brings both back bit for bit', async () => {
  const { engine, records } = opened;
  await engine.openTraining(setup, undefined);
  await engine.train(2);
  const file = await engine.saveTraining();
  const { tensors } = decodeSafetensors(file);
  const weights = (network: 'deq' | 'twin'): number =>
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(`${network}.`))
      .reduce((sum, [, { data }]) => sum + data.length, 0);
  // Two layers of its own: twice the weights, and of AdamW's two moments of each.
  expect(weights('twin')).toBeGreaterThan(1.5 * weights('deq'));
  await engine.train(2);
  const losses = (network: 'deq' | 'twin'): number[] =>
    records.filter((record) => record.network === network).map(({ loss }) => loss);
  const whole = { deq: losses('deq'), twin: losses('twin') };
  expect([whole.deq.length, whole.twin.length]).toEqual([4, 4]);
  expect(whole.twin).not.toEqual(whole.deq);
  records.length = 0;
  await engine.openTraining(setup, undefined, file);
  await engine.train(2);
  expect({ deq: losses('deq'), twin: losses('twin') }).toEqual({
    deq: whole.deq.slice(2),
    twin: whole.twin.slice(2),
  });
  // A model of the network's shape fits the network alone; its variant begins anew.
  const model = await engine.exportModel();
  await engine.openTraining(setup, undefined, model);
});

test('the twin is the other one of tied and untied, or the layer unrolled', () => {
  const untied = { ...setup, inverse: { ...setup.inverse, tie: 'untied' as const } };
  expect([twinName(setup), twinName(untied)]).toEqual(['untied', 'tied']);
  const unrolled = { ...setup, train: { ...setup.train, twinKind: 'unrolled' as const } };
  expect(twinOf(unrolled)).toEqual({ kind: 'unrolled', depth: setup.train.twinDepth });
  // What offers no variant has its unrolled layer.
  const language = { ...setup, problem: { ...setup.problem, family: 'language' as const } };
  expect(twinOf(language).kind).toBe('unrolled');
  expect([setup, unrolled, language].map((one) => isRelevant('train.twinKind', one))).toEqual([
    true,
    true,
    false,
  ]);
  expect([setup, unrolled].map((one) => isRelevant('train.twinDepth', one))).toEqual([false, true]);
});
