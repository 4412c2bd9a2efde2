import { expect, test } from 'vitest';
import { defaultExperiment, presetExperiment } from '../schema/experiment.ts';
import { parseRun, parseRunHead, parseRunTrace } from './parseRun.ts';
import { bytesOfRun, runLimits, type RunRecord } from './run.ts';

/** A run as one is kept. */
const run: RunRecord = {
  head: {
    ...{ version: 1, id: 'a-1', kind: 'solve', name: 'calm-river', renamed: false, note: '' },
    ...{ starred: false, pinned: true, savedAt: 1_700_000_000_000 },
    experiment: defaultExperiment,
    input: { name: 'the cat', weights: { from: 'random' } },
    build: '0.1.0 (abc)',
    device: { backend: 'wasm', kernels: 'stock', adapter: '' },
    status: 'converged',
    metrics: { rel: { value: 3e-5, unit: '', better: 'lower' } },
    curves: [{ name: 'rel', x: { iteration: 'iteration' }, unit: '', definition: 'relative' }],
    sweep: { id: 's', cell: [1, 2] },
    repeat: { id: 'r' },
  },
  trace: {
    columns: { iteration: Float64Array.of(0, 1, 2), rel: Float64Array.of(1, 1e-2, 3e-5) },
  },
};

test('a run is read as it was written', () => {
  expect(parseRun(run)).toEqual({ run, adjustments: [] });
  expect(parseRun(structuredClone(run))).toEqual({ run, adjustments: [] });
  expect(bytesOfRun(run)).toBeGreaterThan(6 * 8);
});

const withHead = (change: Record<string, unknown>): unknown => ({
  ...run,
  head: { ...run.head, ...change },
});

test.each<[string, unknown, RegExp]>([
  ['nothing', undefined, /no run/],
  ['a list', [1, 2], /no run/],
  ['a newer version', withHead({ version: 3 }), /newer version.*format 3/],
  ['no version', withHead({ version: undefined }), /no version/],
  ['an id with a path in it', withHead({ id: '../a' }), /no id/],
  [
    'another kind',
    withHead({ kind: '<b>race</b>' }),
    /neither a solve nor a training, but “<b>race/,
  ],
  ['no set-up', withHead({ experiment: 'x' }), /no set-up/],
  ['no trace', { head: run.head }, /no numbers/],
])('%s is refused in words', (_, raw, problem) => {
  const read = parseRun(raw);
  expect('problem' in read && read.problem).toMatch(problem);
});

test('a getter and a proxy that throw are no exception', () => {
  const mean = new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error('no');
      },
      ownKeys: () => {
        throw new Error('no');
      },
    },
  );
  for (const raw of [
    mean,
    { head: mean },
    withHead({ metrics: mean, curves: [mean], input: mean }),
  ])
    expect(() => parseRun(raw)).not.toThrow();
});

test('names that every object has become no keys, and mark-up stays text', () => {
  const metrics = JSON.parse(
    '{"__proto__":{"value":1},"constructor":{"value":2},"toString":{"value":3},"a<b":{"value":4},"abs":{"value":"NaN","unit":"u","better":"lower"}}',
  ) as unknown;
  const read = parseRunHead({
    ...run.head,
    metrics,
    name: '<img src=x onerror=alert(1)>\u202e\n ',
    note: 'one\r\ntwo\u0000\u2066',
  });
  if ('problem' in read) throw new Error(read.problem);
  expect(read.run.metrics).toEqual({ abs: { value: NaN, unit: 'u', better: 'lower' } });
  expect(Object.keys(read.run.metrics)).toEqual(['abs']);
  expect(read.run.name).toBe('<img src=x onerror=alert(1)>');
  expect(read.run.note).toBe('one\ntwo');
  expect(read.adjustments).toEqual(['4 of its 5 metrics could not be read.']);
  expect(Object.prototype).not.toHaveProperty('value');
});

test('what is too long is cut, and that is said', () => {
  const read = parseRunHead({ ...run.head, name: 'n'.repeat(1e6), note: '😀'.repeat(5000) });
  if ('problem' in read) throw new Error(read.problem);
  expect(Array.from(read.run.name)).toHaveLength(runLimits.name);
  expect(Array.from(read.run.note)).toHaveLength(runLimits.note);
  expect(read.adjustments).toHaveLength(2);
});

test('numbers may be anything but too many', () => {
  const odd = [NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE];
  const columns = {
    list: [...odd.slice(3), 'NaN', 'Infinity', '-Infinity'],
    array: Float64Array.from(odd),
  };
  const read = parseRunTrace({ columns });
  if ('problem' in read) throw new Error(read.problem);
  expect(Array.from(read.run.columns['array'] ?? [])).toEqual(odd);
  expect(Array.from(read.run.columns['list'] ?? [])).toEqual([...odd.slice(3), ...odd.slice(0, 3)]);
  const many = new Float64Array(runLimits.values);
  const refused = parseRunTrace({ columns: { many, more: [1] } });
  expect('problem' in refused && refused.problem).toMatch(/more than 1,000,000 numbers/);
  const text = parseRunTrace({ columns: { many: 'A'.repeat(11_000_000) } });
  expect('problem' in text && text.problem).toMatch(/more than/);
});

test('columns and curves that do not fit are left out by name', () => {
  const read = parseRun({
    ...run,
    trace: {
      columns: { iteration: [0, 1], rel: [1, 0.5, 0.2], bad: '!!', worse: [{}], __proto__: [1] },
    },
  });
  if ('problem' in read) throw new Error(read.problem);
  expect(read.run.head.curves).toEqual([]);
  expect(Object.keys(read.run.trace.columns)).toEqual(['iteration', 'rel']);
  expect(read.adjustments.join(' ')).toMatch(/“bad”, “worse”.*Left out.*“rel”/);
});

test('the set-up is read like a stranger’s', () => {
  const experiment = { ...presetExperiment('contraction'), solver: { tolerance: 9 }, extra: 1 };
  const read = parseRunHead({ ...run.head, experiment, savedAt: Infinity });
  if ('problem' in read) throw new Error(read.problem);
  expect(read.run.experiment.solver.tolerance).toBe(0.1);
  expect(read.run.savedAt).toBe(0);
  expect(read.adjustments.join(' ')).toMatch(/above the limit.*“extra”.*no date/);
});
