import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBacks } from '../../test/readBacks.ts';
import { wasmInNode } from '../../test/wasmInNode.ts';
import {
  changeSetting,
  defaultExperiment,
  presetExperiment,
  type Experiment,
} from '../schema/experiment.ts';
import type { FieldPath } from '../schema/fields.ts';
import * as tf from '../tf/index.ts';
import { withRandomWeights } from '../schema/weights.ts';
import { toFault } from './faults.ts';
import type { EngineEvent, IterationRecord } from './protocol/protocol.ts';
import { turnOf, type SessionCommands } from './serve.ts';
import { createSession } from './session.ts';
import { TrajectoryBasis } from './trajectory.ts';

const settings = (changes: Partial<Record<FieldPath, unknown>>): Experiment =>
  Object.entries(changes).reduce(
    (experiment, [path, value]) => changeSetting(experiment, path as FieldPath, value).experiment,
    defaultExperiment,
  );
const small = settings({
  'input.text': 'equilibrium',
  'cell.width': 8,
  'cell.inner': 8,
  'cell.heads': '2',
  'solver.method': 'anderson',
  'solver.tolerance': 1e-4,
});
const never = turnOf();
wasmInNode();

let session: SessionCommands;
let events: EngineEvent[];
let before: number;

beforeEach(async () => {
  events = [];
  session = createSession((event) => events.push(event));
  await session.boot(never, 'wasm');
  before = tf.memory().numTensors;
});
afterEach(async () => {
  // A problem of its own replaces the old one's tensors; so the counts compare.
  await session.boot(never, 'wasm');
  expect(tf.memory().numTensors).toBe(before);
});

const records = (): IterationRecord[] =>
  events.flatMap((event) => (event.event === 'records' ? [...event.records] : []));

async function solved(experiment: Experiment): Promise<IterationRecord[]> {
  await session.configure(never, experiment);
  events.length = 0;
  await session.run(never, 'forward');
  return records();
}

test('pictures are of the iterations that were recorded', async () => {
  const made = await solved(small);
  const { map, trajectory, field } = await session.inspect(never, 200, 0);
  expect(map.rows.join('')).toBe('equilibrium');
  expect(map.relative.length).toBe(made.length);
  expect(trajectory.points.length).toBe(made.length);
  expect(trajectory.basis).toBe('pca');
  expect(field).toBeUndefined();
  const [first, second] = trajectory.explained ?? [0, 0];
  expect(first).toBeGreaterThanOrEqual(second);
  expect(first + second).toBeLessThanOrEqual(1 + 1e-9);
  // All rows below the tolerance, as the solve says of the whole.
  expect(Math.max(...(map.relative.at(-1) ?? []))).toBeLessThan(1e-3);
  const earlier = await session.inspect(never, 2, 0);
  expect(earlier.map.relative).toEqual(map.relative.slice(0, 3));
});

test('a state of two dimensions is drawn in its own plane, with the field', async () => {
  await solved(settings({ 'cell.kind': 'tanh', 'cell.width': 2, 'input.text': 'ab' }));
  const { trajectory, field, map } = await session.inspect(never, 200, 1);
  expect(trajectory.basis).toBe('plane');
  expect(trajectory.points[0]).toEqual([0, 0]);
  expect(map.rows).toEqual(['a', 'b']);
  const [x, y] = trajectory.points.at(-1) ?? [NaN, NaN];
  // Near the fixed point the arrows are shorter than on average.
  const arrows = (field?.arrows ?? []).flatMap((row, j) =>
    row.map((arrow, i) => ({ arrow, at: [field?.xs[i] ?? NaN, field?.ys[j] ?? NaN] as const })),
  );
  const length = ([dx, dy]: readonly [number, number]): number => Math.hypot(dx, dy);
  const nearest = arrows.reduce((a, b) =>
    Math.hypot(a.at[0] - x, a.at[1] - y) < Math.hypot(b.at[0] - x, b.at[1] - y) ? a : b,
  );
  const mean = arrows.reduce((sum, { arrow }) => sum + length(arrow), 0) / arrows.length;
  expect(arrows.length).toBe(169);
  expect(length(nearest.arrow)).toBeLessThan(mean);
});

test('a step is explained by what made it', async () => {
  const made = await solved(small);
  const step = await session.explain(never, 4, 0);
  expect(step.method).toBe('anderson');
  expect(step.residual).toBeCloseTo(made[4]?.abs[0] ?? NaN, 5);
  expect(step.next).toBeCloseTo(made[5]?.abs[0] ?? NaN, 5);
  const { weights = [] } = step.inside;
  expect(weights.length).toBe(5);
  expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
  expect(step.evaluations).toBe(1);
  expect(step.step).toBeGreaterThan(0);
  await solved(settings({ ...{}, 'solver.method': 'broyden', 'input.text': 'abc' }));
  const { inside } = await session.explain(never, 3, 0);
  expect(inside['pairs']?.length).toBe(3);
  await expect(session.explain(never, 500, 0)).rejects.toThrow(/ends at or before/);
});

test('a fork agrees with its parent where it starts, and goes its own way from there', async () => {
  const made = await solved(small);
  const other = changeSetting(small, 'solver.method', 'picard').experiment;
  const { solve } = await session.fork(never, other, { iteration: 3 });
  events.length = 0;
  await session.run(never, 'forward');
  const forked = records();
  expect(forked[0]?.abs).toEqual(made[3]?.abs);
  expect(forked.slice(1, 3).map(({ abs }) => abs)).not.toEqual(
    made.slice(4, 6).map(({ abs }) => abs),
  );
  const distance = await session.distance(never);
  expect(distance?.relative).toBeLessThan(0.05);
  const report = await session.inspect(never, 200, 0);
  expect(report.solve).toBe(solve);
  expect(report.map.relative.length).toBe(forked.length);
  // Back at z0 of the configured problem.
  await session.reset(never);
  events.length = 0;
  await session.run(never, 'forward');
  expect(records().map(({ abs }) => abs)).toEqual(made.map(({ abs }) => abs));
  expect(await session.distance(never)).toBeNull();
});

test('a kicked state comes back to the same fixed point', async () => {
  await solved(small);
  const noise = { size: 0.1, seed: 5 };
  await session.fork(never, small, { iteration: 4, noise });
  events.length = 0;
  await session.run(never, 'forward');
  const first = records();
  expect((await session.distance(never))?.relative).toBeLessThan(0.01);
  expect(first[0]?.rel[0]).toBeGreaterThan(1e-2);
  await expect(session.fork(never, small, { iteration: 99 })).rejects.toThrow(/no iteration 99/);
});

// Of each lane several runs are made.
const short = changeSetting(small, 'solver.maxIterations', 5).experiment;

test('solvers race on one problem', async () => {
  const alone = await solved(short);
  const lanes = (['picard', 'anderson', 'broyden'] as const).map(
    (method) => changeSetting(short, 'solver.method', method).experiment,
  );
  const progress: string[] = [];
  const rows = await session.race(
    turnOf(undefined, ({ label }) => progress.push(label)),
    lanes,
  );
  expect(rows.map(({ lane }) => lane)).toEqual([0, 1, 2]);
  expect(rows[1]?.records.map(({ abs }) => abs)).toEqual(alone.map(({ abs }) => abs));
  const [picard, anderson] = rows;
  expect(picard?.storedFloats).toBe(2 * 11 * 8);
  expect(anderson?.storedFloats).toBeGreaterThan(picard?.storedFloats ?? Infinity);
  // A warm-up and five rounds of three lanes, unless they are slow.
  const runs = rows.map(({ times }) => times?.runs ?? 0);
  expect(new Set(runs).size).toBe(1);
  for (const { times } of rows) {
    expect(times?.least).toBeLessThanOrEqual(times?.median ?? NaN);
    expect(times?.median).toBeLessThanOrEqual(times?.most ?? NaN);
  }
  expect(progress.length).toBe(3 * (1 + (runs[0] ?? NaN)));
});

test('a state that is too large for a method is bad input, not a broken engine', async () => {
  const large = settings({ 'cell.width': 32, 'solver.method': 'newton' });
  const fault = await solved(large).catch(toFault);
  expect(fault).toMatchObject({ kind: 'bad-input' });
  expect(fault).toHaveProperty('message', expect.stringMatching(/at most 512/));
});

test('a race that is stopped keeps what ran', async () => {
  await solved(short);
  const lanes = (['picard', 'anderson'] as const).map(
    (method) => changeSetting(short, 'solver.method', method).experiment,
  );
  const stopping = new AbortController();
  const rows = await session.race(
    turnOf(stopping.signal, () => {
      stopping.abort();
    }),
    lanes,
  );
  expect(rows.map(({ lane, times }) => ({ lane, times }))).toEqual([{ lane: 0, times: null }]);
  expect(rows[0]?.records.at(-1)?.status).not.toBe('running');
});

test('principal components of points on a line are the line', () => {
  const points = Array.from({ length: 6 }, (_, k) => [k, 2 * k, -k]);
  const { points: found, explained } = new TrajectoryBasis().project(points, true);
  expect(explained?.[0]).toBeCloseTo(1, 9);
  const gaps = found.slice(1).map(([x], k) => x - (found[k]?.[0] ?? NaN));
  for (const gap of gaps) expect(gap).toBeCloseTo(Math.sqrt(6), 6);
  expect(found[0]?.[0]).toBeLessThan(0);
  // What is not finite stands where it was last seen.
  const broken = new TrajectoryBasis().project([...points, [NaN, 0, 0]], true);
  expect(broken.points.at(-1)).toEqual(broken.points.at(-2));
  expect(new TrajectoryBasis().project([[1, 2, 3]], false).points).toEqual([[0, 0]]);
});

test('a growing trajectory keeps its plane between fits, and is never mirrored by one', () => {
  // A spiral that turns slowly out of its first plane.
  const spiral = Array.from({ length: 40 }, (_, k) => {
    const r = 0.9 ** k;
    return [r * Math.cos(k), r * Math.sin(k), 0.02 * k * r, (0.01 * k) ** 2];
  });
  const basis = new TrajectoryBasis();
  let before: readonly (readonly [number, number])[] = [];
  const moved: number[] = [];
  for (let count = 1; count <= spiral.length; count++) {
    const { points } = basis.project(spiral.slice(0, count), false);
    const shift = before.map(([x, y], k) =>
      Math.hypot(x - (points[k]?.[0] ?? NaN), y - (points[k]?.[1] ?? NaN)),
    );
    // Exactly where it was, or fitted anew.
    if (Math.max(0, ...shift) > 0) moved.push(count);
    if (count > 6) {
      const agreement = [0, 1].map((axis) =>
        before.reduce((sum, place, k) => sum + place[axis as 0] * (points[k]?.[axis as 0] ?? 0), 0),
      );
      for (const one of agreement) expect(one).toBeGreaterThan(0);
    }
    before = points;
  }
  expect(moved).toEqual([2, 3, 6, 12, 24]);
  // Looking back moves nothing; the end fits once more, on all points.
  expect(basis.project(spiral.slice(0, 10), false).points).toEqual(before.slice(0, 10));
  const end = basis.project(spiral, true);
  expect(end.points).not.toEqual(before);
  expect(basis.project(spiral, true)).toEqual(end);
  const best = new TrajectoryBasis().project(spiral, true).explained;
  expect(end.explained?.[0]).toBeCloseTo(best?.[0] ?? NaN, 9);
});

test('nobody watches: no state is read out but the first, and what they say is made up for when it is asked', async () => {
  const digit = withRandomWeights(presetExperiment('monotone-digit'));
  const observed = () =>
    events.flatMap((event) =>
      event.event === 'observed' ? [[event.iteration, event.observations] as const] : [],
    );
  await session.configure(never, digit);
  const watched = await readBacks(() => session.run(never, 'forward'));
  const all = observed();
  expect(all.length).toBeGreaterThan(3);
  await session.reset(never);
  events.length = 0;
  const unseen = await readBacks(() => session.run(never, 'forward', undefined, false));
  // A read a point, its residual, and what the first says. Watched, a second one: what it says; and beside both once what never changes.
  expect(unseen).toBe(all.length + 1);
  expect(watched).toBeGreaterThanOrEqual(2 * all.length);
  expect(observed()).toEqual(all.slice(0, 1));
  await session.observe(
    never,
    all.slice(1).map(([k]) => k),
  );
  expect(observed()).toEqual(all);
});
