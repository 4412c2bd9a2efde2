/** Inverse problems as the page opens them. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { encodeDrawing } from '../../inputs/drawing.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import { changeSettings, presetExperiment, type Experiment } from '../../schema/experiment.ts';
import type { FieldPath } from '../../schema/fields.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import type { OpenedProblem } from '../family.ts';
import type { ImageObservation, Observation } from '../observation.ts';
import { openInverse } from './open.ts';

// By the CPU's kernels the many iterations here take several times as long; its numbers are golden.test.ts's.
wasmInNode();
beforeAll(async () => {
  await initBackend('wasm');
});
failOnLeaks();

const setUp = (changes: Partial<Record<FieldPath, unknown>> = {}): Experiment =>
  changeSettings(presetExperiment('inverse-bound'), changes);

/** What is said after so many plain steps, and the residuals on the way. */
async function after(
  problem: OpenedProblem,
  maxIterations: number,
): Promise<{ observed: Observation[]; residuals: number[] }> {
  const map = problem.maps.plain();
  const { z, projected, records } = await solveMap(map, {
    ...{ method: 'picard', maxIterations, tolerance: 0, stopMode: 'abs' },
  });
  const observed = await problem.observe(projected);
  tf.dispose([z, projected]);
  map.dispose?.();
  return { observed, residuals: records.map(({ abs }) => abs[0] ?? NaN) };
}

const figure = (observed: readonly Observation[], name: string): number =>
  observed
    .flatMap((one) => (one.kind === 'figures' ? one.rows : []))
    .find((row) => row.name === name)?.value ?? NaN;

const images = (observed: readonly Observation[]): readonly ImageObservation[] =>
  observed.filter((one) => one.kind === 'image');

/** The bound of a set-up, as it is shown. */
async function boundOf(changes: Partial<Record<FieldPath, unknown>>): Promise<number> {
  using problem = openInverse(setUp(changes));
  return figure((await after(problem, 1)).observed, 'bound 2/λmax');
}

test.each([
  { 'inverse.operator': 'denoise' },
  { 'inverse.operator': 'deblur' },
  { 'inverse.operator': 'inpaint' },
  { 'inverse.cell': 'dense', 'inverse.units': 20 },
  { 'inverse.kernel': 5, 'inverse.channels': 6 },
] as const)(
  'tied with the identity, %o converges 2 % below the bound and diverges 2 % above',
  { timeout: 60_000 },
  async (changes) => {
    const bound = await boundOf(changes);
    expect(bound).toBeGreaterThan(0.05);
    expect(bound).toBeLessThan(3);
    const solved = async (share: number): Promise<(k: number) => number> => {
      using problem = openInverse(setUp({ ...changes, 'inverse.tau': share * bound }));
      const { residuals } = await after(problem, 400);
      return (k) => residuals.at(k) ?? NaN;
    };
    const [within, past] = [await solved(0.98), await solved(1.02)];
    expect(within(-1) / within(0)).toBeLessThan(0.01);
    // The steepest direction is multiplied by −1.04 at each step.
    expect(past(-1) / past(-101)).toBeGreaterThan(20);
  },
);

test('every iterate is shown beside what was measured and what it should be', async () => {
  using problem = openInverse(setUp());
  const { observed } = await after(problem, 60);
  const [given, restored] = images(observed);
  expect([given?.name, restored?.name]).toEqual(['Measured', 'Restored']);
  for (const one of [given, restored]) {
    expect([one?.rows, one?.columns, one?.data.length]).toEqual([28, 28, 784]);
    expect(one?.range).toEqual([0, 1]);
  }
  expect(restored?.reference).toHaveLength(784);
  // Smoothing alone takes some of the noise away.
  expect(figure(observed, 'gain')).toBeGreaterThan(1);
  expect(figure(observed, 'τ')).toBe(0.393);
  const followed = observed.flatMap((one) => (one.kind === 'figures' ? one.rows : []));
  expect(followed.filter((row) => row.followed).map(({ name }) => name)).toEqual([
    'PSNR',
    'PSNR as measured',
  ]);
});

test('what is measured: noise from the seed, nothing of missing rows, a mean along the diagonal', async () => {
  const dot = new Float32Array(784);
  dot[14 * 28 + 14] = 1;
  const given = async (changes: Partial<Record<FieldPath, unknown>>): Promise<Float32Array> => {
    using problem = openInverse(setUp({ 'original.pixels': encodeDrawing(dot), ...changes }));
    return images((await after(problem, 1)).observed)[0]?.data ?? new Float32Array();
  };
  const clean = { 'inverse.noise': 0 };
  expect(await given(clean)).toEqual(dot);
  const noisy = await given({});
  expect(await given({})).toEqual(noisy);
  expect(await given({ 'random.seed': 3 })).not.toEqual(noisy);
  const blurred = await given({ ...clean, 'inverse.operator': 'deblur' });
  for (let t = -2; t <= 2; t++) expect(blurred[(14 + t) * 28 + 14 + t]).toBeCloseTo(0.2, 6);
  expect(blurred.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  const missing = await given({ 'inverse.operator': 'inpaint', 'inverse.missing': 0.5 });
  expect(missing.slice(0, 14 * 28).every((value) => value === 0)).toBe(true);
  expect(missing.slice(14 * 28).some((value) => value !== 0)).toBe(true);
});

test('a blank picture and one that cannot be read are solved, and said', () => {
  using blank = openInverse(setUp({ 'original.pixels': 'AA' }));
  expect(blank.notes.join(' ')).toContain('blank');
  using odd = openInverse(setUp({ 'original.pixels': '<?>' }));
  expect(odd.notes.join(' ')).toContain('could not be read');
});

test('another picture takes over the weights', () => {
  const first = openInverse(setUp());
  using second = first.given?.(setUp({ 'original.pixels': 'AA' })) ?? first;
  expect(second).not.toBe(first);
  expect(second.params).toBe(first.params);
});

test('untied layers begin as tied ones, and have no bound', async () => {
  using tied = openInverse(setUp());
  using untied = openInverse(setUp({ 'inverse.tie': 'untied' }));
  const [a, b] = [await after(tied, 5), await after(untied, 5)];
  expect(images(b.observed)[1]?.data).toEqual(images(a.observed)[1]?.data);
  expect(figure(b.observed, 'bound 2/λmax')).toBeNaN();
});

test('weights that are missing or no regulariser are refused in words', () => {
  const trained = setUp({ 'inverse.weights': 'trained' });
  expect(() => openInverse(trained)).toThrow('not here');
  const foreign = new Uint8Array(readFileSync('public/models/steady-moons.safetensors'));
  expect(() => openInverse(trained, foreign)).toThrow('neither K0 nor W1');
});
