/** Another drawing for the same network: nothing of the weights is opened, inverted or analysed again. */
import { beforeAll, expect, test, vi } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { build, type BuiltProblem } from './build.ts';
import { drawingSize, encodeDrawing } from '../inputs/drawing.ts';
import { solveMap } from '../numerics/iterateMap.ts';
import { changeSetting, defaultExperiment, type Experiment } from '../schema/experiment.ts';
import type { FieldPath } from '../schema/fields.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import * as fullyConnected from '../families/monotone/fullyConnected.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const changed = (of: Experiment, changes: Partial<Record<FieldPath, unknown>>): Experiment =>
  Object.entries(changes).reduce(
    (so, [path, value]) => changeSetting(so, path as FieldPath, value).experiment,
    of,
  );
const base = changed(defaultExperiment, {
  'problem.family': 'monotone',
  'monotone.weights': 'random',
  'monotone.hidden': 9,
  'solver.map': 'peaceman-rachford',
  'solver.method': 'picard',
});
const other = changed(base, {
  'drawing.pixels': encodeDrawing(
    Float32Array.from({ length: drawingSize }, (_, i) => (i % 5) / 4),
  ),
});

async function solution({ map, solver, problem }: BuiltProblem) {
  const { z, projected, records } = await solveMap(map, solver);
  const seen = await problem.observe(projected);
  const values = await projected.data();
  tf.dispose([z, projected]);
  return { values, residuals: records.map(({ rel }) => rel), seen };
}

test('is solved as if it were opened anew, bit for bit, with one inverse and one analysis', async () => {
  const make = vi.spyOn(fullyConnected, 'fullyConnected');
  using fresh = await build(other);
  const expected = await solution(fresh);
  make.mockClear();
  const old = await build(base);
  const before = await solution(old);
  using next = old.given(other);
  expect(next && (await solution(next))).toEqual(expected);
  expect(before.values).not.toEqual(expected.values);
  // The operator of the first drawing is that of the second.
  expect(make).toHaveBeenCalledTimes(1);
  make.mockRestore();
});

test.each([
  ['monotone.m', 0.5],
  ['monotone.alpha', 0.5],
  ['random.seed', 5],
  ['problem.family', 'steady'],
] as const)('where %s differs too, all of it is opened anew', async (path, value) => {
  using old = await build(base);
  expect(old.given(changed(other, { [path]: value }))).toBeUndefined();
});

test('other weights of the same shape are another network', async () => {
  using old = await build(base);
  expect(old.given(other, new Uint8Array(3))).toBeUndefined();
});
