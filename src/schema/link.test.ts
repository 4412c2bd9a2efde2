import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryExperiment } from '../../test/arbitraryExperiment.ts';
import { inflatedLimit, packText, unpackText } from './compression.ts';
import {
  changeSetting,
  defaultExperiment,
  presetExperiment,
  type Experiment,
} from './experiment.ts';
import { parseExperiment } from './readExperiment.ts';
import { fieldPaths, type FieldPath } from './fields.ts';
import type { HideablePart } from './hide.ts';
import { tidyParts } from './hideParts.ts';
import { decodeLink, encodeLink, linkLimit, viewOfLink, writeFragment } from './link.ts';
import { views } from './views.ts';

const withSettings = (
  experiment: Experiment,
  changes: Partial<Record<FieldPath, unknown>>,
): Experiment =>
  Object.entries(changes).reduce(
    (current, [path, value]) => changeSetting(current, path as FieldPath, value).experiment,
    experiment,
  );

/** Links of every version, kept for ever, and what they have to open. */
const fixtures: readonly (readonly [string, Experiment])[] = [
  ['#/solve?v=1&p=char-transformer', defaultExperiment],
  [
    '#/solve?v=1&p=contraction&cell.gain=0.85&input.text=a+%2B+b%0A%F0%9F%99%82&solver.tolerance=1e-7',
    withSettings(presetExperiment('contraction'), {
      'cell.gain': 0.85,
      'input.text': 'a + b\n🙂',
      'solver.tolerance': 1e-7,
    }),
  ],
  [
    '#/solve?v=1&p=char-transformer&c=q1ZKTs3J0SvPTCnJULIyM9FRKs7PKUst0svJzEsNTk0sSs5QsiopKk2tBQA',
    withSettings(defaultExperiment, { 'cell.width': 64, 'solver.lineSearch': true }),
  ],
  // From before there were families.
  [
    '#/solve?v=1&p=trellisnet&cell.kernel=3&random.seed=7',
    withSettings(presetExperiment('trellisnet'), { 'cell.kernel': 3, 'random.seed': 7 }),
  ],
  [
    '#/train?v=1&p=train-copy&cell.kind=tanh&data.tokenizer=bpe&sample.topK=5&train.length=64&train.twin=true',
    withSettings(presetExperiment('train-copy'), {
      'cell.kind': 'tanh',
      'data.tokenizer': 'bpe',
      'sample.topK': 5,
      'train.length': 64,
      'train.twin': true,
    }),
  ],
];

test.each(fixtures)('%s still opens what it did', async (link, experiment) => {
  expect(await decodeLink(link)).toEqual({ experiment, adjustments: [] });
});

test('a link holds version, preset and, sorted, only what differs', async () => {
  expect(await encodeLink(defaultExperiment)).toBe('#/solve?v=1&p=char-transformer');
  const changed = withSettings(presetExperiment('contraction'), {
    'solver.tolerance': '1e-7',
    'cell.gain': 0.85,
    'input.text': 'a + b\n🙂',
  });
  expect(await encodeLink(changed)).toBe(fixtures[1]?.[0]);
});

test('many or long values travel compressed', async () => {
  const long = withSettings(defaultExperiment, { 'input.text': '🙂'.repeat(100) });
  const many = Object.fromEntries(fieldPaths.slice(0, 13).map((path) => [path, 1]));
  const twelve = Object.fromEntries(fieldPaths.slice(0, 12).map((path) => [path, 1]));
  expect(await encodeLink(long)).toMatch(/^#\/solve\?v=1&p=char-transformer&c=[\w-]+$/);
  expect(await writeFragment('contraction', many)).toMatch(
    /^#\/solve\?v=1&p=contraction&c=[\w-]+$/,
  );
  expect(await writeFragment('contraction', twelve)).not.toContain('&c=');
  expect(await decodeLink(await encodeLink(long))).toEqual({ experiment: long, adjustments: [] });
});

test('a link is refused above the limit, both ways', async () => {
  const noise = fc.sample(fc.string({ minLength: 9000, maxLength: 9000, size: 'max' }), {
    numRuns: 1,
    seed: 1,
  });
  await expect(writeFragment('contraction', { 'input.text': noise.join('') })).rejects.toThrow(
    /^This set-up is too long for a link/,
  );
  const link = `#/solve?v=1&p=contraction&input.text=${'x'.repeat(linkLimit)}`;
  const { experiment, adjustments } = await decodeLink(link);
  expect(experiment).toEqual(defaultExperiment);
  expect(adjustments).toEqual([
    'This link is longer than 8,000 characters, so it was not read; opened the default set-up instead.',
  ]);
});

test.each(['#/solve?', '/solve?', 'solve?', '#/train?', '#?', '?', '#', ''])(
  'a fragment may begin with "%s"',
  async (prefix) => {
    const expected = withSettings(presetExperiment('contraction'), { 'cell.width': 64 });
    const { experiment, adjustments } = await decodeLink(
      `${prefix}v=1&p=contraction&cell.width=64`,
    );
    expect(experiment).toEqual(expected);
    expect(adjustments).toEqual([]);
    expect(await decodeLink(prefix)).toEqual({ experiment: defaultExperiment, adjustments: [] });
  },
);

test.each([
  ['cell.width=64&cell.width=96', []],
  ['cell.width=64&cell.width=wide', []],
  [
    'v=2&cell.width=64',
    [
      'This link was made with a newer version of this page; what it does not know yet was left out.',
    ],
  ],
  ['v=x&cell.width=64', ['Version “x” is not one this page knows; read as version 1.']],
  [
    'p=__proto__&cell.width=64',
    ['There is no preset “__proto__”; used “Tiny char-transformer” instead.'],
  ],
  ['cell.width=64&cell.inner=4096', ['Hidden width 4096 is above the limit; set to 512.']],
  ['cell.width=64&solver.damping=NaN', ['Damping must be a number, not “NaN”; set to 1.']],
  ['cell.width=64&%=1&%00%1bq=2&q=3', ['Ignored, as there is no such setting: “%”, “q”.']],
  ['cell.width=64&k=3', []],
  [
    'cell.width=64&__proto__.width=8&constructor=1',
    ['Ignored, as there is no such setting: “__proto__.width”, “constructor”.'],
  ],
  [
    'cell.width=64&hide=solve,tea,__proto__.*,%E2%80%AE,,',
    [
      'Not hidden, as there is no such view or setting: “tea”, “__proto__.*”, “”.',
      'This link hides the very view it opens; the view is shown all the same.',
    ],
  ],
  ['cell.width=64&embed=yes', ['“embed” must be 1 or 0, not “yes”; the whole page is shown.']],
  ['cell.width=64&embed=0&hide=', []],
  [
    'cell.width=64&c=***',
    [
      'The compressed part of this link is damaged, perhaps cut off when it was copied; the settings in it were left out.',
    ],
  ],
  [
    'cell.width=64&c=',
    [
      'The compressed part of this link is damaged, perhaps cut off when it was copied; the settings in it were left out.',
    ],
  ],
] as const)('%s is used as far as it goes', async (query, adjustments) => {
  const result = await decodeLink(`#/solve?${query}`);
  expect(result.adjustments).toEqual(adjustments);
  const { cell } = result.experiment;
  expect(cell.width).toBe(64);
});

test('a compressed part is checked like the rest, and plain values win over it', async () => {
  const json =
    '{"__proto__":{"polluted":1},"cell.width":4096,"cell.gain":2,"solver.tolerance":1e999}';
  const { experiment, adjustments } = await decodeLink(`cell.gain=0.5&c=${await packText(json)}`);
  expect(experiment.cell).toMatchObject({ width: 128, gain: 0.5 });
  expect(adjustments).toEqual([
    'Width 4096 is above the limit; set to 128.',
    'Tolerance must be a number, not “Infinity”; set to 1e-3.',
    'Ignored, as there is no such setting: “__proto__”.',
  ]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  for (const other of ['[1]', '5', 'null', '{"cell.width":64']) {
    const result = await decodeLink(`c=${await packText(other)}`);
    expect(result.experiment).toEqual(defaultExperiment);
    expect(result.adjustments).toHaveLength(1);
  }
});

test('a part cut short anywhere is reported', async () => {
  const text = JSON.stringify({ 'input.text': 'to be or not to be, that is the question' });
  const packed = await packText(text);
  for (let length = 0; length < packed.length - 1; length++) {
    const cut = await unpackText(packed.slice(0, length));
    expect(cut.ok && cut.text === text ? 'whole' : cut.ok ? 'wrong' : 'refused').not.toBe('wrong');
  }
  expect(await unpackText(packed)).toEqual({ ok: true, text });
});

test('inflating stops at 256 KB', async () => {
  const limit = await packText('0'.repeat(inflatedLimit));
  expect(await unpackText(limit)).toMatchObject({ ok: true });
  const bomb = await packText('\0'.repeat(10_000_000));
  expect(await unpackText(bomb)).toEqual({ ok: false, problem: 'unpacks to more than 256 KB' });
  const inLink = await packText('\0'.repeat(5_000_000));
  const { experiment, adjustments } = await decodeLink(`#/solve?p=contraction&c=${inLink}`);
  expect(experiment).toEqual(presetExperiment('contraction'));
  expect(adjustments).toEqual([
    'The compressed part of this link unpacks to more than 256 KB; the settings in it were left out.',
  ]);
});

test('2,000 experiments survive the round trip', { timeout: 60_000 }, async () => {
  const parts = fc.constantFrom<HideablePart>(...views, 'preset', 'cell.*', ...fieldPaths);
  const frame = fc.record({
    view: fc.constantFrom(...views),
    embed: fc.boolean(),
    hidden: fc.array(parts, { maxLength: 6 }),
    iteration: fc.option(fc.nat(), { nil: undefined }),
  });
  const property = fc.asyncProperty(arbitraryExperiment, frame, async (experiment, options) => {
    const link = await encodeLink(experiment, { ...options, ownPicture: true });
    const { view, embed, iteration } = options;
    const hidden = tidyParts(options.hidden, view);
    expect(viewOfLink(link)).toBe(view);
    expect(await decodeLink(link)).toEqual({
      experiment,
      adjustments: [],
      ...(embed ? { embed } : {}),
      ...(hidden.length > 0 ? { hidden } : {}),
      ...(view === 'solve' && iteration !== undefined ? { iteration } : {}),
    });
  });
  await fc.assert(property, { numRuns: 2000 });
});

test(
  '2,000 strings never reject and always give a valid experiment',
  { timeout: 60_000 },
  async () => {
    const links = await Promise.all(fc.sample(arbitraryExperiment, 300).map((e) => encodeLink(e)));
    const mangled = fc
      .tuple(
        fc.constantFrom(...links),
        fc.nat(),
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 3 }),
      )
      .map(([link, at, length, insert]) => {
        const start = at % (link.length + 1);
        return link.slice(0, start) + insert + link.slice(start + (length % 8));
      });
    const truncated = fc
      .tuple(fc.constantFrom(...links), fc.nat())
      .map(([link, at]) => link.slice(0, at % link.length));
    const parameter = fc
      .tuple(
        fc.constantFrom<string>(...fieldPaths, 'v', 'p', 'c', 'k', 'hide', 'embed', 'lesson'),
        fc.string(),
      )
      .map(([name, value]) => `#/solve?${name}=${value}`);
    const strings = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      parameter,
      mangled,
      truncated,
    );
    const property = fc.asyncProperty(strings, async (fragment) => {
      const { experiment, hidden = [], adjustments } = await decodeLink(fragment);
      expect(parseExperiment(experiment)).toEqual({ experiment, adjustments: [] });
      expect(tidyParts(hidden, viewOfLink(fragment))).toEqual(hidden);
      expect(adjustments.every((sentence) => sentence.length < 600)).toBe(true);
    });
    await fc.assert(property, { numRuns: 2000 });
  },
);
