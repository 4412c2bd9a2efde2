import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trainTokenizer } from './tokenizer.ts';

test('ids are code points in order of first appearance, after the unknown one', () => {
  const tokenizer = trainTokenizer('char', 'abba🙂c');
  expect(tokenizer).toMatchObject({ kind: 'char', size: 5, unknownId: 0 });
  expect(tokenizer.vocabulary).toEqual(['\uFFFD', 'a', 'b', '🙂', 'c']);
  expect(tokenizer.encode('c🙂a')).toEqual(Int32Array.of(4, 3, 1));
  expect(tokenizer.decode([4, 3, 1])).toBe('c🙂a');
});

test('what it does not know is 0 and reads as U+FFFD', () => {
  const tokenizer = trainTokenizer('char', 'ab');
  expect(tokenizer.encode('a?🙂')).toEqual(Int32Array.of(1, 0, 0));
  expect(tokenizer.decode([1, 0, 99, -1, 0.5])).toBe('a\uFFFD\uFFFD\uFFFD\uFFFD');
  expect(tokenizer.encode('')).toHaveLength(0);
  expect(trainTokenizer('char', '').encode('x')).toEqual(Int32Array.of(0));
  expect(trainTokenizer('char', 'a\uFFFD').size).toBe(2);
});

const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });

test('text made of training characters survives the round trip', () => {
  const property = fc.property(anyText, fc.array(fc.nat(), { maxLength: 80 }), (text, picks) => {
    const characters = Array.from(text);
    const made = picks.map((pick) => characters[pick % characters.length] ?? '').join('');
    const tokenizer = trainTokenizer('char', text);
    const ids = tokenizer.encode(made);
    expect(tokenizer.decode(ids)).toBe(made);
    expect(ids).toHaveLength(picks.length);
    expect(tokenizer.size).toBe(new Set(characters.filter((c) => c !== '\uFFFD')).size + 1);
  });
  fc.assert(property, { numRuns: 1000 });
});

test('appended text keeps the ids of what came before', () => {
  const property = fc.property(anyText, anyText, (text, more) => {
    const longer = trainTokenizer('char', text + more);
    expect(longer.encode(text)).toEqual(trainTokenizer('char', text).encode(text));
  });
  fc.assert(property, { numRuns: 300 });
});
