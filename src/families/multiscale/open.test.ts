/** A drawing's problem: what it says of each state, odd drawings, and files of weights. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { decodeSafetensors, encodeSafetensors } from '../../data/safetensors.ts';
import { changeSettings, presetExperiment, type Experiment } from '../../schema/experiment.ts';
import type { FieldPath } from '../../schema/fields.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { openSketch } from './open.ts';
import { multiscaleTorch } from './torch.ts';
import { multiscaleWeightsFiles } from './weightsFiles.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const shipped = new Uint8Array(readFileSync('public/models/multiscale-digits.safetensors'));
const setUp = (changes: Partial<Record<FieldPath, unknown>> = {}): Experiment =>
  changeSettings(presetExperiment('multiscale-digit'), {
    ...{ 'multiscale.channels': '4', 'multiscale.weights': 'random' },
    ...changes,
  });

test('a state says which digit, shows both resolutions, and how far each is from rest', async () => {
  using problem = openSketch(setUp());
  const z = tf.tidy(() => tf.onesLike(problem.initialState()));
  const observed = await problem.observe(z);
  const image = tf.tidy(() => problem.f(problem.params, problem.inject(problem.params), z));
  const after = (await image.data()) as Float32Array;
  tf.dispose([z, image]);
  expect(observed.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'classes Digit',
    'image Drawing',
    'image Features, 14 × 14',
    'image Features, 7 × 7',
    'figures settling',
  ]);
  const [classes, , fine, coarse, figures] = observed;
  if (classes?.kind !== 'classes' || fine?.kind !== 'image' || coarse?.kind !== 'image')
    throw new Error('not what was asked for');
  expect(classes.probability[0]?.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  expect(classes.truth).toEqual([7]);
  expect([fine.channels, fine.rows, coarse.channels, coarse.rows]).toEqual([4, 14, 8, 7]);
  expect(problem.layout.map(({ offset }) => offset)).toEqual([0, 4 * 196]);
  // By hand: z is one everywhere.
  const residual = (from: number, to: number): number => {
    const part = Array.from(after.subarray(from, to));
    const size = Math.sqrt(part.reduce((sum, x) => sum + x * x, 0));
    return Math.sqrt(part.reduce((sum, x) => sum + (x - 1) ** 2, 0)) / size;
  };
  if (figures?.kind !== 'figures') throw new Error('no figures');
  expect(figures.rows[0]?.value).toBeCloseTo(residual(0, 784), 4);
  expect(figures.rows[1]?.value).toBeCloseTo(residual(784, 784 + 392), 4);
});

test.each([
  ['AA', 'blank'],
  ['8A', 'single pixel'],
  ['*', 'drawing'],
])('a drawing %s is solved for and said', (pixels, words) => {
  using problem = openSketch(setUp({ 'sketch.pixels': pixels }));
  expect(problem.notes.join(' ')).toContain(words);
});

test('files come back as they were written, and others are refused in words', async () => {
  const random = setUp();
  using problem = openSketch(random);
  const file = await multiscaleWeightsFiles.write(random, problem.params);
  const { experiment, about } = multiscaleWeightsFiles.read(
    setUp({ 'multiscale.channels': '8' }),
    file,
  );
  expect(experiment.multiscale).toMatchObject({ channels: '4', expansion: 2 });
  expect(about).toContain('4 and 8 channels');
  const { tensors } = decodeSafetensors(shipped);
  const without = (name: string) =>
    encodeSafetensors({
      tensors: Object.fromEntries(Object.entries(tensors).filter(([key]) => key !== name)),
      metadata: {},
    });
  const reading = (bytes: Uint8Array<ArrayBuffer>) => () =>
    multiscaleWeightsFiles.read(random, bytes);
  expect(reading(without('stem.0.weight'))).toThrow('It lacks stem.0.weight');
  expect(reading(without('branches.0.blocks.0.conv1.weight'))).toThrow('no multiscale network');
  expect(reading(new Uint8Array([0x50, 0x4b, 3, 4]))).toThrow('PyTorch checkpoint');
  expect(reading(new Uint8Array(0))).toThrow('can’t be used');
  const broken = structuredClone(tensors['classifier.bias']);
  broken?.data.fill(NaN);
  expect(
    reading(
      encodeSafetensors({
        tensors: { ...tensors, ...(broken && { 'classifier.bias': broken }) },
        metadata: {},
      }),
    ),
  ).toThrow('NaN');
});

test('the program for PyTorch takes the network of a file, whatever size the settings name', async () => {
  using model = multiscaleTorch.open(setUp({ 'multiscale.weights': 'trained' }), shipped);
  expect(model.model).toMatchObject({ channels: 8, expansion: 2 });
  expect(Object.keys(await model.tensors())).toContain('fuse_layers.1.0.net.0.conv.weight');
});
