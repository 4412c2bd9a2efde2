/** Files of weights: what the Solve view makes of them, what it writes, and what it refuses. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { decodeSafetensors, encodeSafetensors } from '../../data/safetensors.ts';
import { changeSetting, defaultExperiment } from '../../schema/experiment.ts';
import { pretrainedFile, withWeights } from '../../schema/weights.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { openDrawing } from './open.ts';
import { monotoneWeightsFiles } from './weightsFiles.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const { read, write } = monotoneWeightsFiles;
const base = changeSetting(defaultExperiment, 'problem.family', 'monotone').experiment;
const shipped = new Uint8Array(readFileSync('public/models/monotone-digits.safetensors'));
const { tensors } = decodeSafetensors(shipped);
const bytesOf = (metadata: Record<string, string> = {}): Uint8Array<ArrayBuffer> =>
  encodeSafetensors({ tensors, metadata });

test('a file of the paper’s names brings its shape, and its m where it says one', () => {
  const other = changeSetting(base, 'monotone.m', 0.5).experiment;
  const paper = read(changeSetting(other, 'monotone.cell', 'conv').experiment, bytesOf());
  expect(paper.experiment.monotone).toMatchObject({ cell: 'fc', hidden: 87, m: 0.5 });
  expect(paper.about).toContain('solved with m = 0.5');
  // Another program's word for something else.
  const foreign = read(other, bytesOf({ experiment: 'third try' }));
  expect(foreign.experiment.monotone.m).toBe(0.5);
  const own = read(other, shipped);
  expect(own.experiment.monotone.m).toBe(1);
  expect(own.about).toBe('A network of 87 fully connected units.');
});

test.each([
  ['monotone-digits', { cell: 'fc', hidden: 87 }],
  ['monotone-digits-conv', { cell: 'conv', channels: 6 }],
] as const)('the page’s own %s fits the settings that ask for it', (name, shape) => {
  const file = new Uint8Array(readFileSync(`public/models/${name}.safetensors`));
  const { experiment } = changeSetting(base, 'monotone.cell', shape.cell);
  expect(experiment.monotone).toMatchObject({ weights: 'pretrained', ...shape });
  expect(pretrainedFile(experiment)).toBe(`models/${name}.safetensors`);
  expect(read(experiment, file).experiment.monotone).toMatchObject({ ...shape, m: 1 });
  expect(Number(decodeSafetensors(file).metadata['held_out_accuracy'])).toBeGreaterThan(0.95);
});

test.each([
  ['no safetensors file', new Uint8Array(3), 'cut off'],
  ['PyTorch’s own', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0]), 'PyTorch checkpoint'],
  ['m below 0', bytesOf({ m: '-1' }), 'm = -1'],
  ['m no number', bytesOf({ m: 'large' }), 'm = large'],
] as const)('refused in words: %s', (_, file, words) => {
  expect(() => read(base, file)).toThrow(words);
});

test('what it writes, it reads: the same shape, m and numbers', async () => {
  const made = [
    ['monotone.weights', 'random'],
    ['monotone.cell', 'conv'],
    ['monotone.channels', 2],
    ['monotone.m', 0.7],
  ] as const;
  const experiment = made.reduce((so, [path, to]) => changeSetting(so, path, to).experiment, base);
  using problem = openDrawing(experiment);
  const file = await write(experiment, problem.params);
  const names = Object.keys(decodeSafetensors(file).tensors);
  expect(names).toContain('mon.linear_module.A.weight');
  const again = read(base, file);
  expect(again.experiment.monotone).toMatchObject({ cell: 'conv', channels: 2, m: 0.7 });
  using reopened = openDrawing(withWeights(again.experiment, 'trained'), file);
  for (const [name, tensor] of Object.entries(problem.params)) {
    const theirs = reopened.params[name] ?? tf.scalar(NaN);
    expect(await theirs.data()).toEqual(await tensor.data());
  }
});
