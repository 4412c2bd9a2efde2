/** A shape's problem: what it says of each state, odd drawings, and files of weights. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { decodeSafetensors, encodeSafetensors } from '../../data/safetensors.ts';
import { encodeDrawing } from '../../inputs/drawing.ts';
import { changeSettings, presetExperiment, type Experiment } from '../../schema/experiment.ts';
import type { FieldPath } from '../../schema/fields.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import type { ImageObservation, Observation } from '../observation.ts';
import { openShape } from './open.ts';
import { refinementTorch } from './torch.ts';
import { refinementWeightsFiles } from './weightsFiles.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const shipped = new Uint8Array(readFileSync('public/models/refinement-shapes.safetensors'));
const setUp = (changes: Partial<Record<FieldPath, unknown>> = {}): Experiment =>
  changeSettings(presetExperiment('refinement-shape'), {
    ...{ 'refinement.channels': '8', 'refinement.weights': 'random' },
    ...changes,
  });

const image = (observed: readonly Observation[], name: string): ImageObservation => {
  const found = observed.find((one) => one.kind === 'image' && one.name === name);
  if (found?.kind !== 'image') throw new Error(`There is no picture ${name}.`);
  return found;
};

/** What is said of the initial state. */
async function observedIn(changes: Partial<Record<FieldPath, unknown>>): Promise<Observation[]> {
  using problem = openShape(setUp(changes));
  const z = problem.initialState();
  const observed = await problem.observe(z);
  z.dispose();
  return observed;
}

test('a state shows what is seen, the mask beside the truth, and how right it is', async () => {
  const observed = await observedIn({});
  expect(observed.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'image Seen',
    'image Mask',
    'figures IoU',
  ]);
  const [seen, mask] = [image(observed, 'Seen'), image(observed, 'Mask')];
  expect([seen.rows, mask.columns, mask.range]).toEqual([28, 28, [0, 1]]);
  expect(new Set(mask.reference)).toEqual(new Set([0, 1]));
  // z0 is zero and so is every offset: the head cannot tell yet.
  expect(new Set(mask.data)).toEqual(new Set([0.5]));
  const rows = observed.flatMap((one) => (one.kind === 'figures' ? one.rows : []));
  const value = (name: string): number => rows.find((row) => row.name === name)?.value ?? NaN;
  expect(value('IoU')).toBeCloseTo((mask.reference?.filter((x) => x === 1).length ?? 0) / 784);
  expect(value('gain')).toBeCloseTo(value('IoU') - value('IoU by threshold'));
  expect(value('undecided')).toBe(784);
});

test('noise and bar follow from the seed, whatever is drawn', async () => {
  const seen = async (changes: Partial<Record<FieldPath, unknown>>): Promise<Float32Array> =>
    image(await observedIn(changes), 'Seen').data;
  const first = await seen({});
  expect(await seen({})).toEqual(first);
  expect(await seen({ 'random.seed': 5 })).not.toEqual(first);
  const clean = await seen({ 'refinement.noise': 0, 'refinement.occlusion': 0 });
  expect(Math.min(...clean)).toBe(0);
});

test.each([
  ['AA', 'blank'],
  [encodeDrawing(new Float32Array(784).fill(1)), 'nearly full'],
  ['*', 'could not be read'],
])('a drawing %s is solved for and said', (pixels, words) => {
  using problem = openShape(setUp({ 'shape.pixels': pixels }));
  expect(problem.notes.join(' ')).toContain(words);
});

test('files come back as they were written, and others are refused in words', async () => {
  const random = setUp();
  using problem = openShape(random);
  const file = await refinementWeightsFiles.write(random, problem.params);
  const { experiment, about } = refinementWeightsFiles.read(
    setUp({ 'refinement.channels': '24' }),
    file,
  );
  expect(experiment.refinement.channels).toBe('8');
  expect(about).toContain('8 channels');
  const { tensors } = decodeSafetensors(shipped);
  const reading = (bytes: Uint8Array<ArrayBuffer>) => () =>
    refinementWeightsFiles.read(random, bytes);
  const without = (name: string) =>
    encodeSafetensors({
      tensors: Object.fromEntries(Object.entries(tensors).filter(([key]) => key !== name)),
      metadata: {},
    });
  expect(reading(without('gn3.weight'))).toThrow('It lacks gn3.weight');
  expect(reading(without('conv1.weight_v'))).toThrow('no network that refines');
  expect(reading(new Uint8Array([0x50, 0x4b, 3, 4]))).toThrow('PyTorch checkpoint');
  expect(reading(new Uint8Array(0))).toThrow('can’t be used');
  const wide = { shape: [32, 32, 3, 3], data: new Float32Array(32 * 32 * 9) };
  expect(
    reading(encodeSafetensors({ tensors: { ...tensors, 'conv1.weight_v': wide }, metadata: {} })),
  ).toThrow('has shape');
});

test('the program for PyTorch takes the network of a file, and is given what is seen', async () => {
  using model = refinementTorch.open(setUp({ 'refinement.weights': 'trained' }), shipped);
  expect(model.model).toMatchObject({ channels: 16 });
  const input = model.input as { [part: string]: number[] };
  expect(Object.entries(input).map(([part, { length }]) => [part, length])).toEqual([
    ['picture', 784],
    ['bar', 784],
    ['normal', 784],
  ]);
  expect(Object.keys(await model.tensors())).toContain('deconv.weight');
  const logits = tf.tidy(() => model.outputs(model.problem.params, model.problem.initialState()));
  expect(logits.shape).toEqual([1, 784]);
  logits.dispose();
});
