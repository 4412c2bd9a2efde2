/** A set-up's picture: what its states say, on which grid, and what is said of weights that do not fit. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { setAssetReader } from '../../inputs/assets.ts';
import { encodePicture } from '../../inputs/pictures/pictureCode.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import {
  changeSetting,
  changeSettings,
  presetExperiment,
  type Experiment,
} from '../../schema/experiment.ts';
import type { FieldPath } from '../../schema/fields.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import type { ImageObservation, Observation } from '../observation.ts';
import { openPicture, preparePicture, type OpenedPicture } from './open.ts';
import { pictureWeightsFiles } from './weightsFiles.ts';

beforeAll(async () => {
  setAssetReader(async (path) => new Uint8Array(await readFile(`public/${path}`)));
  wasmInNode();
  await initBackend('wasm');
});
failOnLeaks();

function experimentOf(changes: Partial<Record<FieldPath, unknown>>): Experiment {
  const small = { 'impsq.weights': 'random', 'impsq.width': 12, 'scene.picture': 'flower.32' };
  return changeSettings(presetExperiment('picture-waves'), { ...small, ...changes });
}

async function solved(opened: OpenedPicture): Promise<Observation[]> {
  const map = opened.maps.plain();
  const options = {
    method: 'picard',
    maxIterations: 60,
    tolerance: 1e-6,
    stopMode: 'rel',
  } as const;
  const { z, projected, status } = await solveMap(map, options);
  map.dispose?.();
  expect(status).toBe('converged');
  const said = await opened.observe(projected);
  tf.dispose([z, projected]);
  return said;
}

const direct = (said: readonly Observation[]): number | undefined =>
  said
    .flatMap((one) => (one.kind === 'figures' ? one.rows : []))
    .find(({ name }) => name.startsWith('distance'))?.value;

test.each([
  ['fourier', 1],
  ['gabor', 2],
] as const)(
  '%s, %i layers: the fixed point is the direct solve, and says so',
  async (filter, layers) => {
    const experiment = experimentOf({ 'impsq.filter': filter, 'impsq.layers': layers });
    await preparePicture(experiment);
    using opened = openPicture(experiment);
    const said = await solved(opened);
    expect(direct(said)).toBeLessThan(1e-4);
    const [picture] = said;
    expect(picture).toMatchObject({ kind: 'image', rows: 32, columns: 32, channels: 3 });
    expect(opened.notes.join()).toContain('random');
  },
);

test('sine filters have no direct solve; twice as fine is four times as many places', async () => {
  const experiment = experimentOf({ 'impsq.filter': 'sine', 'scene.enlarge': '2' });
  await preparePicture(experiment);
  using opened = openPicture(experiment);
  const said = await solved(opened);
  expect(direct(said)).toBeUndefined();
  expect(said[0]).toMatchObject({ rows: 64, columns: 64 });
  // What lies between pixels has nothing to be held against; the pixels stand beside it, each four times.
  expect(said[0]).not.toHaveProperty('reference');
  const [, pixels] = said;
  expect(pixels).toMatchObject({ kind: 'image', rows: 64, columns: 64 });
  const { data, columns, channels } = pixels as ImageObservation;
  const at = (row: number, column: number): number[] =>
    Array.from(data.slice((row * columns + column) * channels).slice(0, channels), (value) =>
      Math.round(255 * value),
    );
  const whole = opened.picture;
  expect(at(41, 10)).toEqual([...whole.pixels.slice((20 * 32 + 5) * 3).slice(0, 3)]);
  expect(at(40, 11)).toEqual(at(41, 10));
});

test('a picture of one’s own has no pretrained weights, and needs none of the page’s pictures', async () => {
  const own = encodePicture({ size: 32, channels: 1, pixels: new Uint8Array(1024).fill(90) });
  const { experiment, adjustments } = changeSetting(
    presetExperiment('picture-waves'),
    'scene.picture',
    own,
  );
  expect(experiment.impsq.weights).toBe('random');
  expect(adjustments.join()).toContain('has learnt this picture yet');
  await preparePicture(experiment);
  using opened = openPicture(experiment);
  expect(opened.network.channels).toBe(1);
});

test('weights that are missing, or are no such network’s, are refused in words', () => {
  const pretrained = presetExperiment('picture-waves');
  expect(() => openPicture(pretrained)).toThrow('are not here');
  expect(() => openPicture(pretrained, new Uint8Array(9))).toThrow('can’t be used');
});

test('the weights that come with the page draw their picture', async () => {
  const experiment = presetExperiment('picture-waves');
  await preparePicture(experiment);
  const file = 'public/models/pictures-fourier.safetensors';
  using opened = openPicture(experiment, new Uint8Array(await readFile(file)));
  const said = await solved(opened);
  expect(direct(said)).toBeLessThan(1e-4);
  const [picture] = said;
  const { data, reference = data } = picture?.kind === 'image' ? picture : { data: [] };
  const error = Array.from(data).reduce((sum, x, i) => sum + (x - (reference[i] ?? NaN)) ** 2, 0);
  expect(10 * Math.log10(data.length / error)).toBeGreaterThan(25);
});

test('a file of weights says what it is, and is as it was once it is written again', async () => {
  const experiment = experimentOf({ 'impsq.filter': 'gabor', 'impsq.layers': 2 });
  await preparePicture(experiment);
  using opened = openPicture(experiment);
  const file = await pictureWeightsFiles.write(experiment, opened.params);
  const read = pictureWeightsFiles.read(presetExperiment('picture-waves'), file);
  expect(read.experiment.impsq).toMatchObject({ filter: 'gabor', width: 12, layers: 2 });
  expect(read.about).toContain('2 × 12 units with gabor filters');
  const trained = { ...experiment, impsq: { ...experiment.impsq, weights: 'trained' } } as const;
  using again = openPicture(trained, file);
  expect(again.notes).toEqual([]);
  expect((await solved(again))[0]).toEqual((await solved(opened))[0]);
  // A sine network’s tensors look like Fourier’s: only what is said beside them tells.
  const sine = experimentOf({ 'impsq.filter': 'sine' });
  using waves = openPicture(sine);
  const other = await pictureWeightsFiles.write(sine, waves.params);
  expect(pictureWeightsFiles.read(experiment, other).experiment.impsq.filter).toBe('sine');
  expect(() => pictureWeightsFiles.read(experiment, new Uint8Array(9))).toThrow('can’t be used');
});
