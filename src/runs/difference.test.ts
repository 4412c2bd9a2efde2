import { expect, test } from 'vitest';
import { changeSetting, defaultExperiment, presetExperiment } from '../schema/experiment.ts';
import { fieldPaths, type FieldPath } from '../schema/fields.ts';
import { difference, differenceWords, runDifference, settingName } from './difference.ts';
import { freshName, nameAt, nameCount } from './names.ts';
import type { RunHead } from './run.ts';

const changed = (changes: Partial<Record<FieldPath, unknown>>, from = defaultExperiment) =>
  Object.entries(changes).reduce(
    (experiment, [path, value]) => changeSetting(experiment, path as FieldPath, value).experiment,
    from,
  );
const solve = { kind: 'solve' } as const;
const words = (after = defaultExperiment, kind: Parameters<typeof difference>[2] = solve): string =>
  differenceWords(difference(defaultExperiment, after, kind));

test('settings are named as the table and the literature name them', () => {
  expect(words(changed({ 'solver.method': 'picard', 'solver.damping': 0.7 }))).toMatch(
    /^solver .+ → Picard/,
  );
  expect(words(changed({ 'solver.tolerance': 1e-6, 'random.seed': 5 }))).toBe(
    'ε 1e-3 → 1e-6 · seed 1234 → 5',
  );
  expect(words(defaultExperiment)).toBe('');
});

test('what has no effect on a run is no difference of it', () => {
  const other = changed({ 'train.learningRate': 3e-4, 'backward.tolerance': 1e-3 });
  expect(words(other)).toBe('');
  expect(words(other, { kind: 'solve', pass: 'backward' })).toBe('adjoint tol. 1e-6 → 1e-3');
  expect(words(other, { kind: 'training' })).toMatch(/learning rate \S+ → 3e-4/);
  const input = changed({ 'input.text': 'another text altogether', 'sample.length': 7 });
  expect(words(input, { kind: 'training' })).toBe('');
  expect(words(input)).toBe('input text “the cat sat on the mat …” → “another text altogether”');
});

test('long texts that begin alike still differ', () => {
  const text = `${defaultExperiment.input.text}!`;
  expect(words(changed({ 'input.text': text }))).toBe('another input text');
});

test('beyond four changes the rest are counted', () => {
  const many = changed({
    ...{ 'cell.width': 64, 'cell.gain': 1, 'solver.tolerance': 1e-5 },
    ...{ 'solver.maxIterations': 90, 'random.seed': 1 },
  });
  expect(words(many)).toMatch(/ · 1 more$/);
});

test('against the baseline own texts and weights count, against the preset only settings', () => {
  const head = {
    ...{ kind: 'solve', experiment: defaultExperiment },
    input: { name: 'a', hash: 'aa', weights: { from: 'trained', hash: '11' } },
  } as unknown as RunHead;
  const baseline = {
    ...head,
    input: { name: 'b', hash: 'bb', weights: { from: 'trained', hash: '22' } },
  } as const satisfies RunHead;
  expect(runDifference(head, baseline)).toBe('another text · other weights');
  expect(runDifference(head, null)).toBe('');
  const other = { ...head, experiment: presetExperiment('contraction') };
  expect(runDifference(other, null)).toBe('');
  expect(runDifference(other, head)).not.toBe('');
});

test('every setting has a name for a line', () => {
  for (const path of fieldPaths) expect(settingName(path)).toMatch(/^\S/);
});

test('names are all distinct, and none is given twice', () => {
  const all = new Set(Array.from({ length: nameCount }, (_, at) => nameAt(at)));
  expect(all.size).toBe(10_000);
  expect(nameAt(-1.5)).toBe(nameAt(1));
  const taken = new Set<string>();
  for (let made = 0; made < 200; made++) taken.add(freshName(taken, () => 0.5));
  expect(taken.size).toBe(200);
  expect(freshName(all, () => 0)).toBe(`${nameAt(0)}-2`);
});
