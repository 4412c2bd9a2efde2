import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeSetting, presetExperiment, type Experiment } from '../schema/experiment.ts';
import { presets, type PresetName } from '../schema/presets.ts';
import {
  bundleLimits,
  bundleName,
  looksLikeBundle,
  readBundle,
  toBase64,
  writeBundle,
  type Bundle,
} from './bundle.ts';
import { cleanLine, cleanText, fromBase64 } from './parseRun.ts';
import { runLimits, type RunRecord } from './run.ts';

const odd = fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE);
const number = fc.oneof(fc.double(), odd);
const key = fc.constantFrom('rel', 'abs', 'loss', 'twin.loss', 'heldOut.accuracy', 'held.step');
const line = (most: number) =>
  fc.string({ unit: 'binary', maxLength: 80 }).map((text) => cleanLine(text, most));
const name = line(runLimits.name).map((text) => (text === '' ? 'calm-river' : text));
const id = fc.stringMatching(/^[\w-]{1,40}$/);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

const experiment = fc
  .record({
    preset: fc.constantFrom(...(Object.keys(presets) as PresetName[])),
    tolerance: fc.double({ min: 1e-7, max: 1e-1, noNaN: true }),
    seed: fc.integer({ min: 0, max: 999_999 }),
    text: fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  })
  .map(({ preset, tolerance, seed, text }): Experiment => {
    const changes = [
      ['solver.tolerance', tolerance],
      ['random.seed', seed],
      ['input.text', text],
    ] as const;
    return changes.reduce((whole, [path, value]) => {
      const changed = changeSetting(whole, path, value).experiment;
      return path === 'input.text' && whole.problem.family !== 'language' ? whole : changed;
    }, presetExperiment(preset));
  });

const run = fc
  .record({
    head: fc.record(
      {
        version: fc.constant(1 as const),
        id,
        kind: fc.constantFrom('solve', 'training'),
        name,
        renamed: fc.boolean(),
        note: fc.string({ unit: 'binary', maxLength: 80 }).map((text) => cleanText(text, 2000)),
        starred: fc.boolean(),
        pinned: fc.boolean(),
        savedAt: fc.integer({ min: 0, max: 4e12 }),
        experiment,
        input: fc.record(
          {
            name: line(80),
            hash,
            weights: fc.record({ from: fc.constantFrom('random', 'trained') }),
          },
          { requiredKeys: ['name', 'weights'] },
        ),
        build: line(80),
        device: fc.record({ backend: line(24), kernels: line(24), adapter: line(120) }),
        status: fc.constantFrom('converged', 'diverged', 'finished'),
        metrics: fc.dictionary(
          key,
          fc.record({ value: number, unit: line(40), better: fc.constantFrom('lower', 'higher') }),
        ),
        curves: fc.constant([]),
        sweep: fc.record({ id, cell: fc.array(fc.nat(), { maxLength: 4 }) }),
        repeat: fc.record({ id }),
        training: id,
        thinnedFrom: fc.nat(),
      },
      {
        requiredKeys: [
          ...(['version', 'id', 'kind', 'name', 'renamed', 'note', 'starred', 'pinned'] as const),
          ...(['savedAt', 'experiment', 'input', 'build', 'device', 'status'] as const),
          ...(['metrics', 'curves'] as const),
        ],
      },
    ),
    columns: fc.dictionary(key, fc.float64Array({ maxLength: 40 })),
  })
  .map(({ head, columns }): RunRecord => {
    const [first] = Object.keys(columns);
    const plain = Object.fromEntries(Object.entries(columns));
    const curves =
      first === undefined
        ? []
        : [{ name: first, x: { step: first }, unit: 'nats', definition: 'what it is' }];
    return {
      head: {
        ...head,
        metrics: Object.fromEntries(Object.entries(head.metrics)),
        curves,
      },
      trace: { columns: plain },
    };
  });

test('what is written is read as it was, to the last bit', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          build: line(80),
          experiment,
          view: fc.constantFrom('solve', 'train'),
          runs: fc.uniqueArray(run, { maxLength: 4, selector: ({ head }) => head.id }),
          text: fc.string({ unit: 'binary', minLength: 1 }),
        },
        { requiredKeys: ['build', 'experiment', 'view', 'runs'] },
      ),
      (bundle) => {
        const written = writeBundle(bundle);
        expect(looksLikeBundle(written.slice(0, 200))).toBe(true);
        // `Object.is` for numbers: NaN is NaN, and −0 is not 0.
        expect(readBundle(written)).toEqual({ bundle, adjustments: [] });
      },
    ),
    { numRuns: 60 },
  );
});

test('numbers of any length go through base64', () => {
  for (const length of [0, 1, 7, 3071, 3072, 3073, 20_001]) {
    const column = Float64Array.from({ length }, (_, at) => Math.sin(at) * 10 ** (at % 300));
    expect(fromBase64(toBase64(column))).toEqual(column);
  }
});

const bundle: Bundle = {
  build: '0.1.0',
  experiment: presetExperiment('contraction'),
  view: 'solve',
  runs: [],
};
const written = writeBundle(bundle);
const withPart = (part: object): string =>
  JSON.stringify({ ...(JSON.parse(written) as object), ...part });

test.each<[string, string, RegExp]>([
  ['nothing', '', /not JSON/],
  ['half of it', written.slice(0, written.length / 2), /ends too early/],
  ['another file', '{"format":"png"}', /not a file of runs/],
  ['a list', '[]', /not a file of runs/],
  ['a newer version', withPart({ version: 7 }), /newer version.*format 7.*up to 1/],
  ['no version', withPart({ version: '1' }), /names no version/],
  ['no runs', withPart({ runs: {} }), /no list of runs/],
  ['too many', withPart({ runs: Array.from({ length: 999 }, () => 0) }), /999 runs; at most 250/],
])('%s is refused in words', (_, text, problem) => {
  const read = readBundle(text);
  expect('problem' in read && read.problem).toMatch(problem);
});

test('what is hostile is left out in words, and the rest is there', () => {
  const good = fc.sample(run, 1)[0];
  if (!good) throw new Error('no sample');
  const runs = [
    ...(JSON.parse(writeBundle({ ...bundle, runs: [good] })) as { runs: object[] }).runs,
    { head: { name: '<script>alert(1)</script>', version: 1, id: '__proto__/..' } },
    7,
  ];
  const hostile = withPart({
    ...{ runs: [...runs, runs[0]], text: 'x'.repeat(bundleLimits.text + 1) },
    experiment: { preset: 'contraction', solver: { tolerance: 1e9 } },
  }).replace('{"format"', '{"__proto__":{"polluted":1},"format"');
  const read = readBundle(hostile);
  if ('problem' in read) throw new Error(read.problem);
  expect(read.bundle.runs).toHaveLength(1);
  expect(read.bundle.text).toBeUndefined();
  expect(read.adjustments.join('\n')).toMatch(
    /limit[^]*“<script>alert\(1\)<\/script>” was left out\. [^]*id[^]*Run 3 was left out[^]*another run[^]*too long/,
  );
  expect({}).not.toHaveProperty('polluted');
});

test('a file’s name says what is in it, and holds nothing a system could trip over', () => {
  const now = new Date('2026-11-28T23:00:00Z');
  expect(bundleName([{ name: 'calm-river' }], now)).toBe('deq-run-calm-river-2026-11-28.json');
  expect(bundleName([{ name: '../<b> é' }], now)).toBe('deq-run-b-é-2026-11-28.json');
  expect(bundleName([{ name: '***' }], now)).toBe('deq-run-unnamed-2026-11-28.json');
  expect(bundleName([{ name: 'a' }, { name: 'b' }], now)).toBe('deq-run-2-runs-2026-11-28.json');
});

// Files that people have: they must open for ever. A change of the format is a file beside this one, never in its place.
test('a file of version 1 opens as it was saved', () => {
  const text = readFileSync(new URL('../../test/fixtures/runs.v1.json', import.meta.url), 'utf8');
  const read = readBundle(text);
  if ('problem' in read) throw new Error(read.problem);
  expect(read.adjustments).toEqual([]);
  const [first, ...others] = read.bundle.runs;
  expect(others.length).toBeGreaterThan(0);
  expect(first?.head).toMatchObject({ version: 1, kind: 'solve', status: 'converged' });
  const { rel, iteration } = first?.trace.columns ?? {};
  expect(rel?.length).toBe(iteration?.length);
  expect(rel?.at(-1)).toBe(first?.head.metrics['rel']?.value);
  expect(readBundle(writeBundle(read.bundle))).toEqual(read);
});
