/** What a monotone network takes with it to PyTorch. `scripts/torchCheck.ts` runs the programs. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { encodeSafetensors } from '../../data/safetensors.ts';
import { changeSetting, presetExperiment } from '../../schema/experiment.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { monotoneTorch } from './torch.ts';
import { monotoneWeightsFiles } from './weightsFiles.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

test('the network of a file goes, whatever size the settings name, with its names and m', async () => {
  const digit = presetExperiment('monotone-digit');
  const conv = new Uint8Array(readFileSync('public/models/monotone-digits-conv.safetensors'));
  using model = monotoneTorch.open(changeSetting(digit, 'monotone.m', 0.5).experiment, conv);
  expect(model.model).toMatchObject({ cell: 'conv', units: 6, m: 0.5 });
  expect(model.metadata).toEqual({ m: '0.5' });
  expect(model.input).toMatchObject({ digit: 7, drawing: digit.drawing.pixels });
  const tensors = await model.tensors();
  expect(Object.keys(tensors)).toContain('mon.linear_module.g');
  // What it writes opens in the Solve view.
  const file = encodeSafetensors({ tensors, metadata: model.metadata });
  const { experiment } = monotoneWeightsFiles.read(digit, file);
  expect(experiment.monotone).toMatchObject({ cell: 'conv', channels: 6, m: 0.5 });
});

test('what Python is to read out are the logits behind the loss', async () => {
  const drawing = changeSetting(presetExperiment('monotone-starts'), 'drawing.digit', 'unsaid');
  using model = monotoneTorch.open(drawing.experiment);
  expect(model.input).toMatchObject({ digit: null });
  const { problem } = model;
  const { params } = problem;
  const z = tf.tidy(() => tf.onesLike(problem.initialState()));
  const [outputs, value] = tf.tidy(() => [model.outputs(params, z), problem.loss(params, z)]);
  expect(outputs.shape).toEqual([1, 10]);
  const logits = Array.from(await outputs.data());
  const largest = Math.max(...logits);
  // A drawing of what is not said is held against the first guess.
  const own = Math.log(logits.reduce((sum, x) => sum + Math.exp(x - largest), 0));
  expect((await value.data())[0]).toBeCloseTo(own, 5);
  tf.dispose([z, outputs, value]);
});
