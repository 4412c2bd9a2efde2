/** Drawings through the network: probabilities, certificates, files of weights, step sizes, and what is refused. */
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { readBacks } from '../../../test/readBacks.ts';
import { encodeSafetensors } from '../../data/safetensors.ts';
import { drawingSize, encodeDrawing } from '../../inputs/drawing.ts';
import { allEigenvalues, denseJacobian } from '../../implicit/jacobian.ts';
import { linearize } from '../../implicit/linearize.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import { changeSetting, type Experiment } from '../../schema/experiment.ts';
import { parseExperiment } from '../../schema/readExperiment.ts';
import type { FieldPath } from '../../schema/fields.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { radiusNote } from './observe.ts';
import { openDrawing, type OpenedDrawing } from './open.ts';
import { randomParameters, toPaper, type DigitNetwork } from './parameters.ts';
import { tuneAlpha } from './tuneAlpha.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const small = {
  'problem.family': 'monotone',
  'monotone.weights': 'random',
  'monotone.hidden': 12,
  'monotone.channels': 2,
} as const;

function experimentOf(changes: Partial<Record<FieldPath, unknown>> = {}): Experiment {
  let { experiment } = parseExperiment({});
  for (const [path, value] of Object.entries({ ...small, ...changes })) {
    const changed = changeSetting(experiment, path as FieldPath, value);
    expect(changed.adjustments).toEqual([]);
    ({ experiment } = changed);
  }
  return experiment;
}

const picard = (tolerance: number, maxIterations = 200): SolverOptions => ({
  method: 'picard',
  tolerance,
  maxIterations,
  stopMode: 'rel',
});

/** What the problem says at its fixed point, found by Peaceman–Rachford. */
async function seen(
  problem: OpenedDrawing,
): Promise<Awaited<ReturnType<OpenedDrawing['observe']>>> {
  const map = problem.maps['peaceman-rachford']({ alpha: 1 });
  const { z, projected, status } = await solveMap(map, picard(1e-4));
  map.dispose?.();
  try {
    expect(status).toBe('converged');
    const said = await problem.observe(projected);
    // The weights are known by now.
    expect(await readBacks(() => problem.observe(projected)), 'read-backs').toBe(1);
    return said;
  } finally {
    tf.dispose([z, projected]);
  }
}

test.each(['fc', 'conv'] as const)('%s: probabilities, pictures and certificates', async (cell) => {
  const split = { 'solver.map': 'forward-backward', 'monotone.gain': 2 } as const;
  using problem = openDrawing(experimentOf({ 'monotone.cell': cell, ...split }));
  expect(problem.notes).toEqual([]);
  const observations = await seen(problem);
  const classes = observations.find(({ kind }) => kind === 'classes');
  const row = classes?.kind === 'classes' ? (classes.probability[0] ?? []) : [];
  expect(row).toHaveLength(10);
  expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  const images = observations.flatMap((one) => (one.kind === 'image' ? [one] : []));
  expect(images.map(({ rows, columns, channels }) => [rows, columns, channels])).toEqual([
    [28, 28, 1],
    cell === 'fc' ? [3, 4, 1] : [30, 30, 2],
  ]);
  for (const { data, rows, columns, channels } of images)
    expect(data).toHaveLength(rows * columns * channels);
  const figures = observations.flatMap((one) => (one.kind === 'figures' ? one.rows : []));
  expect(figures.find(({ name }) => name.includes('smallest'))?.value).toBeGreaterThan(1 - 1e-4);
  expect(figures.find(({ name }) => name === 'α')?.note).toContain('Past the bound');
});

test('ρ of an iterate that is no fixed point is that of ∂f/∂z there', async () => {
  using problem = openDrawing(experimentOf({ 'monotone.gain': 2 }));
  const z = tf.tensor(
    Array.from({ length: 12 }, (_, i) => 3 * Math.sin(7 * i + 1)),
    [1, 12],
  );
  const injection = tf.tidy(() => problem.inject(problem.params));
  const here = linearize((params, state) => problem.f(params, injection, state), problem.params, z);
  const moduli = allEigenvalues(await denseJacobian(here)).map((value) => Math.hypot(...value));
  const figures = (await problem.observe(z)).flatMap((one) =>
    one.kind === 'figures' ? one.rows : [],
  );
  const radius = figures.find(({ name }) => name.startsWith('ρ'))?.value ?? NaN;
  expect(radius).toBeGreaterThan(0.1);
  expect(radius).toBeCloseTo(Math.max(...moduli), 4);
  here.dispose();
  tf.dispose([z, injection]);
});

test('ρ says nothing where no unit is active, and α nothing where no splitting steps', async () => {
  using problem = openDrawing(experimentOf({}));
  const figures = (await seen(problem)).flatMap((one) => (one.kind === 'figures' ? one.rows : []));
  expect(figures.map(({ name }) => name)).not.toContain('α');
  expect(radiusNote(0)).toContain('says nothing about the fixed point');
  expect(radiusNote(1e-6)).toMatch(/^Below 1/);
  expect(radiusNote(1)).toMatch(/^Not below 1/);
});

test.each([
  ['blank', new Float32Array(drawingSize), 'blank'],
  ['full', new Float32Array(drawingSize).fill(1), 'nearly full'],
  [
    'of one pixel',
    Float32Array.from({ length: drawingSize }, (_, i) => Number(i === 300)),
    'single pixel',
  ],
] as const)('a drawing that is %s is solved and said', async (_, pixels, words) => {
  using problem = openDrawing(experimentOf({ 'drawing.pixels': encodeDrawing(pixels) }));
  expect(problem.notes.join(' ')).toContain(words);
  await seen(problem);
});

test('a drawing that makes no sense is blank, and said', () => {
  using problem = openDrawing(experimentOf({ 'drawing.pixels': '?!' }));
  expect(problem.notes.join(' ')).toContain('could not be read');
});

test('a loss without a right answer is that against the first guess', async () => {
  const z = tf.ones([1, 12]);
  const lossAs = async (digit: string): Promise<number> => {
    using problem = openDrawing(experimentOf({ 'drawing.digit': digit }));
    const loss = tf.tidy(() => problem.loss(problem.params, z));
    const [value = NaN] = await loss.data();
    loss.dispose();
    return value;
  };
  const losses = await Promise.all(Array.from({ length: 10 }, (_, digit) => lossAs(String(digit))));
  expect(await lossAs('unsaid')).toBeCloseTo(Math.min(...losses), 5);
  z.dispose();
});

/** A file of random weights by the paper's names. */
async function fileOf(
  network: DigitNetwork,
  change: (tensors: Awaited<ReturnType<typeof toPaper>>) => void = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const params = randomParameters(network, 5);
  const tensors = await toPaper(params);
  tf.dispose(params);
  change(tensors);
  return encodeSafetensors({ tensors, metadata: {} });
}
const loaded = { 'monotone.weights': 'trained' } as const;

test.each([
  ['7 fully connected units', { cell: 'fc', units: 7 }],
  ['3 channels', { cell: 'conv', units: 3 }],
] as const)(
  'a file of %s opens and classifies, whatever the settings say',
  async (what, network) => {
    const file = await fileOf(network);
    using problem = openDrawing(experimentOf(loaded), file);
    expect(problem.notes.join(' ')).toContain(what);
    expect((await seen(problem)).map(({ kind }) => kind)).toContain('classes');
  },
);

const layer = 'mon.linear_module.';
test.each([
  [
    'without A',
    (t) => Reflect.deleteProperty(t, `${layer}A.weight`),
    'no tensor named mon.linear_module.A.weight',
  ],
  [
    'without B and the head’s bias',
    (t) => [Reflect.deleteProperty(t, `${layer}B.weight`), delete t['Wout.bias']],
    'lacks mon.linear_module.B.weight, Wout.bias',
  ],
  [
    'with a second layer',
    (t) => (t['mon.linear_module.A_n0.weight'] = { shape: [1], data: new Float32Array(1) }),
    'A_n0.weight',
  ],
  [
    'for other pictures',
    (t) => (t[`${layer}U.weight`] = { shape: [7, 3], data: new Float32Array(21) }),
    '28 × 28',
  ],
  [
    'with an A that is not square',
    (t) => (t[`${layer}A.weight`] = { shape: [7, 3], data: new Float32Array(21) }),
    'must be [n, n]',
  ],
  ['with NaN', (t) => t['Wout.weight']?.data.fill(NaN, 3, 5), 'holds NaN or infinity (2 of its 70'],
] as readonly [string, (t: Awaited<ReturnType<typeof toPaper>>) => unknown, string][])(
  'a file %s is refused in words',
  async (_, change, words) => {
    const file = await fileOf({ cell: 'fc', units: 7 }, change);
    expect(() => openDrawing(experimentOf(loaded), file)).toThrow(words);
  },
);

test('a file that is none, and none at all, are refused in words', () => {
  expect(() => openDrawing(experimentOf(loaded), new Uint8Array(20))).toThrow('can’t be used');
  expect(() => openDrawing(experimentOf(loaded))).toThrow('are not here');
});

test('α is halved while the iterations fall; past where none converges, there is none', async () => {
  using problem = openDrawing(experimentOf({ 'monotone.gain': 3 }));
  const told: number[] = [];
  const { 'forward-backward': forward, 'peaceman-rachford': peaceman } = problem.maps;
  const tuned = await tuneAlpha(peaceman, picard(1e-4, 300), {
    onTry: ({ alpha }) => told.push(alpha),
  });
  expect(tuned.tries.map(({ alpha }) => alpha)).toEqual(told);
  expect(told).toEqual(told.map((_, i) => 2 ** -i));
  const [last, before] = [tuned.tries.at(-1), tuned.tries.at(-2)];
  expect(last?.iterations).toBeGreaterThan(before?.iterations ?? NaN);
  expect(tuned.alpha).toBe(before?.alpha);
  const never = await tuneAlpha(forward, picard(1e-7, 2));
  expect(never.alpha).toBeUndefined();
  await expect(tuneAlpha(forward, picard(1e-4), { from: 0 })).rejects.toThrow('above 0');
});

test.each([0, -0.5])(
  'α = %d is let through: nothing converges, nothing is thrown',
  async (alpha) => {
    using problem = openDrawing(experimentOf({ 'monotone.alpha': alpha, 'monotone.gain': 3 }));
    for (const name of ['forward-backward', 'peaceman-rachford'] as const) {
      const map = problem.maps[name]({ alpha });
      const { z, projected, status } = await solveMap(map, picard(1e-4, 60));
      expect(status).not.toBe('converged');
      tf.dispose([z, projected]);
      map.dispose?.();
    }
  },
);

test('plain iteration runs away where the fixed point is unique, and Peaceman–Rachford finds it from anywhere', async () => {
  using problem = openDrawing(experimentOf({ 'monotone.gain': 3, 'monotone.hidden': 40 }));
  const plain = problem.maps.plain();
  const away = await solveMap(plain, picard(1e-4));
  expect(away.status).not.toBe('converged');
  tf.dispose([away.z, away.projected]);
  plain.dispose?.();
  const map = problem.maps['peaceman-rachford']({ alpha: 0.5 });
  const found: Float32Array[] = [];
  for (const size of [0, 3, 30]) {
    const z0 = tf.tensor(
      Float32Array.from({ length: 40 }, (_, i) => size * Math.abs(Math.sin(i))),
      [1, 40],
    );
    const { z, projected, status } = await solveMap(map, picard(1e-5), { z0 });
    expect(status).toBe('converged');
    found.push((await projected.data()) as Float32Array);
    tf.dispose([z, projected, z0]);
  }
  map.dispose?.();
  const [first = new Float32Array(), ...others] = found;
  for (const other of others)
    for (const [i, value] of other.entries()) expect(value).toBeCloseTo(first[i] ?? NaN, 3);
});
