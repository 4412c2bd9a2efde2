import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadTokenizer, saveTokenizer, trainTokenizer } from './tokenizer.ts';

const file = (fields: object): string =>
  JSON.stringify({ format: 'deq-playground-tokenizer', version: 1, ...fields });

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

test('a loaded tokenizer is the one that was saved', () => {
  const kinds = fc.constantFrom('char', 'byte', 'bpe');
  const property = fc.property(kinds, anyText, anyText, (kind, training, text) => {
    const tokenizer = trainTokenizer(kind, training + training, { merges: 30 });
    const saved = saveTokenizer(tokenizer);
    const loaded = loadTokenizer(saved);
    expect(saveTokenizer(loaded)).toBe(saved);
    expect(loaded.encode(text + training)).toEqual(tokenizer.encode(text + training));
    expect(loaded.vocabulary).toEqual(tokenizer.vocabulary);
    expect(loaded.unknownId).toBe(tokenizer.unknownId);
  });
  fc.assert(property, { numRuns: 300 });
});

test('what is saved stays readable: the format is pinned', () => {
  expect(saveTokenizer(trainTokenizer('char', 'ab'))).toBe(
    file({ kind: 'char', characters: ['a', 'b'] }),
  );
  expect(saveTokenizer(trainTokenizer('byte', 'ab'))).toBe(file({ kind: 'byte' }));
  expect(saveTokenizer(trainTokenizer('bpe', 'abab'))).toBe(
    file({ kind: 'bpe', merges: [[97, 98]] }),
  );
});

test('a lone surrogate is a character of the character tokenizer, saved or not', () => {
  const tokenizer = trainTokenizer('char', '\uDC00 \uD800');
  expect(loadTokenizer(saveTokenizer(tokenizer)).vocabulary).toEqual(tokenizer.vocabulary);
});

const doubling = Array.from({ length: 40 }, (_, i) => (i === 0 ? [97, 97] : [255 + i, 255 + i]));
const many = Array.from({ length: 65_281 }, (_, i) => [i >> 8, i & 255]);

test.each([
  ['not JSON', '{'],
  ['not a JSON object', 'null'],
  ['not JSON', '['.repeat(200_000)],
  ['too long', ' '.repeat(4_000_001)],
  ['does not say that it is a tokenizer', '[]'],
  ['does not say that it is a tokenizer', '{"__proto__":{"format":"deq-playground-tokenizer"}}'],
  ['another version', JSON.stringify({ format: 'deq-playground-tokenizer', version: 2 })],
  ['its kind is none', file({ kind: 'word' })],
  ['no list of characters', file({ kind: 'char' })],
  [
    'entry 1 of its characters is not one character',
    file({ kind: 'char', characters: ['a', 'bc'] }),
  ],
  ['entry 0 of its characters is not one character', file({ kind: 'char', characters: [7] })],
  ['entry 1 of its characters is there already', file({ kind: 'char', characters: ['a', 'a'] })],
  ['entry 0 of its characters is there already', file({ kind: 'char', characters: ['\uFFFD'] })],
  ['at most 65535', file({ kind: 'char', characters: Array<string>(65_536).fill('a') })],
  ['no list of merges', file({ kind: 'bpe', merges: { length: 1 } })],
  ['merge 0 is not a pair', file({ kind: 'bpe', merges: [[1, 2, 3]] })],
  ['merge 0 is not a pair', file({ kind: 'bpe', merges: [['97', 98]] })],
  ['merge 0 refers to an id', file({ kind: 'bpe', merges: [[256, 97]] })],
  [
    'merge 1 refers to an id',
    file({
      kind: 'bpe',
      merges: [
        [97, 98],
        [256, 257],
      ],
    }),
  ],
  ['merge 0 refers to an id', file({ kind: 'bpe', merges: [[-1, 0.5]] })],
  [
    'merge 1 is there already',
    file({
      kind: 'bpe',
      merges: [
        [97, 98],
        [97, 98],
      ],
    }),
  ],
  ['merge 8 is longer than 260 bytes', file({ kind: 'bpe', merges: doubling })],
  ['at most 65280', file({ kind: 'bpe', merges: many })],
])('refused: %s', (reason, json) => {
  expect(() => loadTokenizer(json)).toThrow(reason);
});

test('anything else is refused with words or is a tokenizer', () => {
  const kind = fc.constantFrom('char', 'byte', 'bpe');
  const merges = fc.array(fc.array(fc.integer({ min: -1, max: 300 }), { maxLength: 3 }));
  const fields = fc.record({
    kind,
    merges: fc.oneof(merges, fc.jsonValue()),
    characters: fc.jsonValue(),
  });
  const property = fc.property(fc.oneof(fields.map(file), fc.json(), fc.string()), (json) => {
    try {
      const tokenizer = loadTokenizer(json);
      expect(tokenizer.vocabulary).toHaveLength(tokenizer.size);
    } catch (error) {
      expect(String(error)).toMatch(/^Error: Can't load the tokenizer: .*Choose a file/);
    }
  });
  fc.assert(property, { numRuns: 1000 });
});
