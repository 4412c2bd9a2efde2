import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryExperiment } from '../../test/arbitraryExperiment.ts';
import { applyConstraints } from './constraints.ts';
import {
  changeSetting,
  defaultExperiment,
  differences,
  presetExperiment,
  settingAt,
} from './experiment.ts';
import { parseExperiment } from './readExperiment.ts';
import { fieldPaths, fields, findField, type FieldPath } from './fields.ts';
import { migrate, retiredPaths, type Migrations } from './migrations.ts';
import { presets, type PresetName } from './presets.ts';
import { readField } from './readField.ts';

const names = Object.keys(presets) as PresetName[];

test('the table is valid and every path leads to a setting', () => {
  for (const path of fieldPaths) {
    const field = findField(path);
    expect(field && readField(field, field.default)).toEqual({ value: field?.default });
    expect(settingAt(defaultExperiment, path)).toBe(field?.default);
  }
});

test.each(names)('the preset %s is valid and holds only what differs from the table', (name) => {
  const experiment = presetExperiment(name);
  expect(parseExperiment(experiment)).toEqual({ experiment, adjustments: [] });
  expect(differences(experiment)).toEqual([]);
  for (const [path, value] of Object.entries(presets[name].settings)) {
    expect(settingAt(experiment, path as FieldPath)).toBe(value);
    expect(findField(path)?.default).not.toBe(value);
  }
});

test('a valid experiment parses to itself, also by way of JSON', () => {
  const property = fc.property(arbitraryExperiment, (experiment) => {
    const unchanged = { experiment, adjustments: [] };
    expect(parseExperiment(experiment)).toEqual(unchanged);
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(unchanged);
  });
  fc.assert(property, { numRuns: 1000 });
});

test.each([undefined, null, 5, 'text', [], () => 1, Symbol('s')])('%# is no set-up', (value) => {
  const { experiment, adjustments } = parseExperiment(value);
  expect(experiment).toEqual(defaultExperiment);
  expect(adjustments).toEqual([
    'There was no set-up to read; opened “Tiny char-transformer” instead.',
  ]);
});

test('missing values are the preset’s, wrong ones too, and each change is a sentence', () => {
  const { experiment, adjustments } = parseExperiment({
    preset: 'contraction',
    cell: { width: 4096, gain: NaN, depth: 3 },
    solver: 'fast',
    extra: { deep: 1 },
  });
  expect(experiment.cell).toEqual({ ...presetExperiment('contraction').cell, width: 128 });
  expect(experiment.solver).toEqual(presetExperiment('contraction').solver);
  expect(adjustments).toEqual([
    'Width 4096 is above the limit; set to 128.',
    'Weight gain must be a number, not “NaN”; set to 0.6.',
    'Ignored, as there is no such setting: “cell.depth”, “solver”, “extra”.',
  ]);
});

test('an unknown preset, an odd version and a newer one are each one sentence', () => {
  expect(parseExperiment({ preset: 'toString' }).adjustments).toEqual([
    'There is no preset “toString”; used “Tiny char-transformer” instead.',
  ]);
  expect(parseExperiment({ version: -1 }).adjustments).toHaveLength(1);
  const newer = parseExperiment({ version: 2, cell: { width: 64, spin: 1 } });
  expect(newer.experiment.cell.width).toBe(64);
  expect(newer.experiment.version).toBe(1);
  expect(newer.adjustments[0]).toMatch(/^This link was made with a newer version/);
  expect(newer.adjustments).toHaveLength(2);
});

test('hostile objects neither throw nor pollute', () => {
  const trap = (): never => {
    throw new Error('trap');
  };
  const everyTrap = { get: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const getter = Object.defineProperty({}, 'width', { get: trap, enumerable: true });
  const cases: unknown[] = [
    new Proxy({}, everyTrap),
    revoked.proxy,
    { cell: new Proxy({}, everyTrap), solver: revoked.proxy },
    { cell: getter },
    Object.defineProperty({}, 'cell', { get: trap, enumerable: true }),
    JSON.parse('{"__proto__":{"width":64,"polluted":1},"constructor":{"prototype":{"p":1}}}'),
    JSON.parse('{"cell":{"__proto__":{"width":64,"polluted":1}}}'),
    Object.create({ cell: { width: 64 } }),
    { cell: Object.create({ width: 64 }) as unknown },
    { cell: { width: { valueOf: trap, toString: trap, [Symbol.toPrimitive]: trap } } },
    { version: { toString: trap }, preset: { toString: trap } },
  ];
  for (const value of cases) {
    const { experiment } = parseExperiment(value);
    expect(experiment).toEqual(defaultExperiment);
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(({} as Record<string, unknown>)['p']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('anything at all parses to an experiment that parses unchanged', () => {
  const values = fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([section, group]) => [
        section,
        fc.oneof(
          fc.anything(),
          fc.record(Object.fromEntries(Object.keys(group).map((key) => [key, fc.anything()])), {
            requiredKeys: [],
          }),
        ),
      ]),
    ),
    { requiredKeys: [] },
  );
  const property = fc.property(
    fc.oneof(fc.anything({ withNullPrototype: true }), values),
    (value) => {
      const { experiment } = parseExperiment(value);
      expect(parseExperiment(experiment)).toEqual({ experiment, adjustments: [] });
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

test('names that nobody reads are clipped, counted and made harmless', () => {
  const keys = Array.from({ length: 11 }, (_, i) => `${String(i)}\n${'k'.repeat(60)}`);
  const { adjustments } = parseExperiment(Object.fromEntries(keys.map((key) => [key, 1])));
  expect(adjustments).toHaveLength(1);
  const quoted = adjustments[0]?.match(/“[^”]*”/g) ?? [];
  expect(quoted).toHaveLength(8);
  for (const name of quoted) expect(name).toMatch(/^“\dk{38}…”$/);
  expect(adjustments[0]).toMatch(/ and 3 more\.$/);
});

test('changing a setting gives a new experiment that differs in it alone', () => {
  const changed = changeSetting(defaultExperiment, 'cell.width', '64');
  expect(changed.adjustments).toEqual([]);
  expect(settingAt(changed.experiment, 'cell.width')).toBe(64);
  expect(differences(changed.experiment)).toEqual(['cell.width']);
  expect(defaultExperiment.cell.width).toBe(32);
  expect(changed.experiment.solver).toBe(defaultExperiment.solver);
});

test('a change that makes no sense changes nothing and says so', () => {
  const { experiment } = changeSetting(defaultExperiment, 'cell.width', 64);
  const refused = changeSetting(experiment, 'cell.width', 'wide');
  expect(refused.experiment).toBe(experiment);
  expect(refused.adjustments).toEqual(['Width must be a number, not “wide”; set to 64.']);
  expect(changeSetting(experiment, 'cell.width', 64)).toEqual({ experiment, adjustments: [] });
  const unknown = changeSetting(experiment, '__proto__.polluted' as FieldPath, 1);
  expect(unknown.experiment).toBe(experiment);
  expect(unknown.adjustments).toHaveLength(1);
});

test('heads that do not divide the width become the most that do', () => {
  const { cell, ...rest } = defaultExperiment;
  const repaired = applyConstraints({ ...rest, cell: { ...cell, width: 20, heads: '8' } });
  expect(repaired.settings.cell.heads).toBe('4');
  expect(repaired.adjustments).toEqual([
    "Width 20 can't be shared evenly by 8 heads; heads set to 4.",
  ]);
  expect(applyConstraints(repaired.settings)).toEqual({
    settings: repaired.settings,
    adjustments: [],
  });
  const odd = applyConstraints({ ...rest, cell: { ...cell, width: 7, heads: '2' } });
  expect(odd.settings.cell.heads).toBe('1');
});

test('migrations run in order and name the paths they alone may read', () => {
  const rename = (
    from: string,
    to: string,
  ): Migrations extends ReadonlyMap<number, infer M> ? M : never => ({
    retired: [from],
    migrate: ({ preset, values }) => ({
      preset,
      values: new Map([...values, [to, values.get(from)]]),
    }),
  });
  const known: Migrations = new Map([
    [1, rename('a', 'b')],
    [3, rename('b', 'c')],
  ]);
  expect(retiredPaths(1, known, 4)).toEqual(['a', 'b']);
  expect(retiredPaths(2, known, 4)).toEqual(['b']);
  const draft = { preset: 'x', values: new Map([['a', 1]]) };
  expect(migrate(draft, 1, known, 4).values.get('c')).toBe(1);
  expect(migrate(draft, 9, known, 4)).toBe(draft);
});

test('SHINE needs a forward solve that leaves it something', () => {
  const refused = changeSetting(defaultExperiment, 'backward.method', 'shine');
  expect(refused.experiment.backward.method).toBe('implicit');
  expect(refused.adjustments.join(' ')).toContain(
    'SHINE takes the inverse Jacobian that a forward',
  );
  const { experiment: solved } = changeSetting(defaultExperiment, 'solver.method', 'broyden');
  const taken = changeSetting(solved, 'backward.method', 'shine');
  expect(taken.adjustments).toEqual([]);
  expect(taken.experiment.backward.method).toBe('shine');
  const mapped = changeSetting(taken.experiment, 'solver.map', 'damped');
  expect(mapped.experiment.backward.method).toBe('implicit');
});
