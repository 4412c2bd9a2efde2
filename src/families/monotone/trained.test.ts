/** The weights that the page brings along, and training: accuracy, what is certified, uniqueness after every step. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { failOnLeaks } from '../../../test/leaks.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import { solveForward, valueAndGradient } from '../../implicit/valueAndGradient.ts';
import { digitsFile, readDigits } from '../../inputs/digits.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { tellAt } from '../../train/told.ts';
import { adamwInit, adamwUpdate } from '../../train/adamw.ts';
import { packGradient } from '../../train/packing.ts';
import { digitsTask, type DigitsTaskOptions } from './digitsTask.ts';
import { digitLoss, networkInput } from './network.ts';
import { analysisOf } from './observe.ts';
import { openWeights, operatorOf, type DigitNetwork } from './parameters.ts';
import { monotoneProblem } from './problem.ts';

beforeAll(async () => {
  wasmInNode();
  await initBackend('wasm');
});
failOnLeaks();

const file = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync('public/models/monotone-digits.safetensors'));
const digits = await readDigits(new Uint8Array(readFileSync(`public/${digitsFile}`)));

const picard = (tolerance: number): SolverOptions => ({
  method: 'picard',
  tolerance,
  maxIterations: 200,
  stopMode: 'rel',
});

const taskOf = (network: DigitNetwork, more: Partial<DigitsTaskOptions> = {}) =>
  digitsTask(digits, {
    ...{ network, m: 1, gain: 1, seed: 3, batch: 16, shift: 1 },
    map: { name: 'peaceman-rachford', values: { alpha: 1 } },
    ...more,
  });

test('they tell at least 95 % of the held-out digits, by Peaceman–Rachford to 1e-4', async () => {
  const bytes = file();
  expect(bytes.length).toBeLessThan(350_000);
  const { metadata, tensors } = decodeSafetensors(bytes);
  expect(metadata['command']).toBe('node scripts/run.mjs scripts/trainDigits.ts');
  const { network, params } = openWeights(tensors);
  let [right, count] = [0, 0];
  for (const batch of taskOf(network).heldOut()) {
    const { z, status } = await solveForward(batch.problem(params), picard(1e-4));
    expect(status).toBe('converged');
    const { accuracy = NaN } = (await tellAt(batch, params, z)).metrics;
    z.dispose();
    right += accuracy * batch.examples;
    count += batch.examples;
  }
  tf.dispose(params);
  expect(count).toBe(1000);
  expect(right / count).toBeGreaterThanOrEqual(0.95);
});

test.each([
  { cell: 'fc', units: 20 },
  { cell: 'conv', units: 2 },
] as const)(
  '$cell: training keeps the fixed point unique at every step, and learns',
  async (network) => {
    const task = taskOf(network, { m: 0.5, ...(network.cell === 'conv' ? { batch: 1 } : {}) });
    const operator = operatorOf(network, 0.5);
    let params = task.initialize(2);
    let state = adamwInit(params);
    const losses: number[] = [];
    for (let step = 0; step < (network.cell === 'conv' ? 2 : 12); step++) {
      using batch = task.batchAt(step);
      const { loss, gradients, forward, backward } = await valueAndGradient(batch.problem(params), {
        forward: picard(1e-3),
        gradient: { kind: 'implicit', solver: picard(1e-3) },
      });
      expect([forward?.status, backward?.status]).toEqual(['converged', 'converged']);
      tf.dispose([forward?.z ?? [], backward?.z ?? []]);
      losses.push(loss);
      const options = { learningRate: network.cell === 'conv' ? 1e-3 : 1e-2 };
      ({ params, state } = adamwUpdate(packGradient(params, gradients), state, params, options));
      const { certificate } = await analysisOf(operator, params);
      expect(certificate.smallest).toBeGreaterThanOrEqual(0.5 - 1e-4);
    }
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? NaN);
    tf.dispose([params, state.first, state.second]);
  },
);

test('a splitting’s adjoint gives the gradient that f’s own gives', async () => {
  const network = { cell: 'fc', units: 30 } as const;
  const tight = { ...picard(1e-6), method: 'anderson' } as const;
  const found: Record<string, Float32Array>[] = [];
  for (const map of [
    undefined,
    { name: 'forward-backward', values: { alpha: 0.3 } },
    { name: 'peaceman-rachford', values: { alpha: 1 } },
  ] as const) {
    const task = taskOf(network, { map, batch: 4 });
    const params = task.initialize(7);
    using batch = task.batchAt(0);
    const problem = batch.problem(params);
    let opened = 0;
    const { solvedBy } = problem;
    const counted = solvedBy && {
      open: () => {
        opened++;
        return solvedBy.open();
      },
    };
    const { gradients, forward, backward } = await valueAndGradient(
      { ...problem, solvedBy: counted },
      { forward: tight, gradient: { kind: 'implicit', solver: tight } },
    );
    // Both solves with one V.
    expect(opened).toBe(map ? 1 : 0);
    const read: Record<string, Float32Array> = {};
    for (const [name, gradient] of Object.entries(gradients))
      read[name] = (await gradient.data()) as Float32Array;
    found.push(read);
    tf.dispose([gradients, params, forward?.z ?? [], backward?.z ?? []]);
  }
  const [own = {}, ...others] = found;
  for (const other of others)
    for (const [name, gradient] of Object.entries(own))
      for (const [i, value] of gradient.entries())
        expect(other[name]?.[i], `${name} ${i}`).toBeCloseTo(value, 4);
});

test('batches are a function of seed and step', async () => {
  const network = { cell: 'fc', units: 4 } as const;
  const params = taskOf(network).initialize(1);
  const first = async (seed: number, step: number): Promise<number[]> => {
    using batch = taskOf(network, { seed }).batchAt(step);
    const problem = batch.problem(params);
    const injection = tf.tidy(() => problem.inject(params));
    const values = Array.from(await injection.data());
    injection.dispose();
    return values;
  };
  const one = await first(3, 5);
  expect(await first(3, 5)).toEqual(one);
  expect(await first(3, 6)).not.toEqual(one);
  expect(await first(4, 5)).not.toEqual(one);
  tf.dispose(params);
});

/** `splitting.py` in plain float64, for these weights and pictures: iterations to a step of 1e-5 over the whole batch. */
function referenceIterations(
  weights: Readonly<Record<string, readonly number[]>>,
  pictures: readonly (readonly number[])[],
  [n, alpha, kind]: readonly [n: number, alpha: number, kind: 'FB' | 'PR'],
): number {
  const at = (name: string, i: number, j: number, width: number): number =>
    weights[name]?.[i * width + j] ?? NaN;
  const indices = Array.from({ length: n }, (_, i) => i);
  const w = indices.map((i) =>
    indices.map((j) => {
      const gram = indices.reduce(
        (s, k) => s + at('A.weight', k, i, n) * at('A.weight', k, j, n),
        0,
      );
      return at('B.weight', i, j, n) - at('B.weight', j, i, n) - gram;
    }),
  );
  const bias = pictures.map((x) =>
    indices.map((i) =>
      x.reduce(
        (s, value, k) => s + at('U.weight', i, k, 784) * value,
        weights['U.bias']?.[i] ?? NaN,
      ),
    ),
  );
  const v = inverseOf(w.map((row, i) => row.map((x, j) => (i === j ? 1 + alpha : 0) - alpha * x)));
  const times = (m: number[][], z: number[]): number[] =>
    m.map((row) => row.reduce((s, x, k) => s + x * (z[k] ?? NaN), 0));
  const u = bias.map((b) => b.map(() => 0));
  let z = bias.map((b) => b.map(() => 0));
  for (let iteration = 1; iteration <= 300; iteration++) {
    const before = z;
    z = bias.map((b, s) => {
      const old = before[s] ?? [];
      if (kind === 'FB') {
        const wz = times(w, old);
        return old.map((x, i) =>
          Math.max(0, (1 - alpha) * x + alpha * ((wz[i] ?? NaN) + (b[i] ?? NaN))),
        );
      }
      const half = old.map((x, i) => 2 * x - (u[s]?.[i] ?? NaN));
      const solved = times(
        v,
        half.map((x, i) => x + alpha * (b[i] ?? NaN)),
      );
      u[s] = solved.map((x, i) => 2 * x - (half[i] ?? NaN));
      return (u[s] ?? []).map((x) => Math.max(0, x));
    });
    const flat = z.flat();
    const step = Math.hypot(...flat.map((x, i) => x - (before.flat()[i] ?? NaN)));
    if (!(step / (1e-6 + Math.hypot(...flat)) > 1e-5)) return iteration;
  }
  return 300;
}

/** By Gauss and Jordan, with pivots. */
function inverseOf(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++)
      if (Math.abs(rows[i]?.[k] ?? 0) > Math.abs(rows[best]?.[k] ?? 0)) best = i;
    [rows[k], rows[best]] = [rows[best] ?? [], rows[k] ?? []];
    const head = (rows[k] ?? []).map((x) => x / (rows[k]?.[k] ?? NaN));
    rows[k] = head;
    for (let i = 0; i < n; i++) {
      const factor = rows[i]?.[k] ?? NaN;
      if (i !== k) rows[i] = (rows[i] ?? []).map((x, j) => x - factor * (head[j] ?? NaN));
    }
  }
  return rows.map((row) => row.slice(n));
}

test.each([
  [1, 'PR'],
  [0.5, 'PR'],
  [0.1, 'FB'],
] as const)(
  'iterations at α = %d, %s, 1e-5 by the reference’s rule are those of float64',
  async (alpha, kind) => {
    const { tensors } = decodeSafetensors(file());
    const { network, params } = openWeights(tensors);
    // p_i = ½ + ½ sin(0.1 i (b + 1)).
    const pictures = [0, 1, 2, 3].map((b) =>
      Array.from({ length: 784 }, (_, i) => 0.5 + 0.5 * Math.sin(0.1 * i * (b + 1))),
    );
    const problem = monotoneProblem({
      operator: operatorOf(network, 1),
      params,
      samples: pictures.map((_, b) => `picture ${String(b)}`),
      input: networkInput(network, pictures),
      loss: digitLoss(network, [0, 1, 2, 3]),
      observe: () => Promise.resolve([]),
    });
    const map = problem.maps[kind === 'FB' ? 'forward-backward' : 'peaceman-rachford']({ alpha });
    const found = await solveMap(map, {
      ...picard(1e-5),
      maxIterations: 299,
      convention: 'mondeq',
    });
    tf.dispose([found.z, found.projected, params]);
    map.dispose?.();
    const weights = Object.fromEntries(
      Object.entries(tensors).map(([name, { data }]) => [
        name.replace('mon.linear_module.', ''),
        Array.from(data),
      ]),
    );
    const inputs = pictures.map((p) => p.map((grey) => (grey - 0.1307) / 0.3081));
    const theirs = referenceIterations(weights, inputs, [network.units, alpha, kind]);
    expect(theirs).toBeLessThan(300);
    expect(Math.abs(found.records.length - theirs)).toBeLessThanOrEqual(1);
  },
);
