import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bpeTokenizer, pieces } from './bpe.ts';
import { toBytes } from './byteTokenizer.ts';
import { trainTokenizer, type Merge } from './tokenizer.ts';

const [a, b, c, d, space] = [97, 98, 99, 100, 32];

const mergesOf = (text: string, merges = 512): readonly Merge[] =>
  trainTokenizer('bpe', text, { merges }).merges ?? [];

test('the example of Wikipedia’s article, merged as by hand', () => {
  // aaabdaaabac: aa 4 times, ab twice, the rest once. With Z = aa it reads ZabdZabac: ab and Za
  // twice, and ab has the lower ids. With Y = ab, ZYdZYac: ZY twice. With X = ZY, XdXac: the end.
  const tokenizer = trainTokenizer('bpe', 'aaabdaaabac');
  expect(tokenizer.merges).toEqual([
    [a, a],
    [a, b],
    [256, 257],
  ]);
  expect(tokenizer).toMatchObject({ kind: 'bpe', size: 259, unknownId: undefined });
  expect(tokenizer.vocabulary.slice(256)).toEqual(['aa', 'ab', 'aaab']);
  expect(tokenizer.encode('aaabdaaabac')).toEqual(Int32Array.of(258, d, 258, a, c));
});

test('merges stay inside words, and ties go to the lowest ids', () => {
  // “ba”, “ ba” and twice “ ab”: ba, ␣a and ab twice, ␣b once. ␣a has the lowest ids, which leaves
  // ab at 0; then ba before (␣a)b; then ␣(ba) occurs but once.
  expect(mergesOf('ba ba ab ab')).toEqual([
    [space, a],
    [b, a],
    [256, b],
  ]);
  expect(mergesOf('ba ba ab ab', 1)).toEqual([[space, a]]);
  expect(mergesOf('ab', 512)).toEqual([]);
  expect(mergesOf('abababab', 0)).toEqual([]);
});

test('earlier merges go first when encoding', () => {
  const tokenizer = bpeTokenizer([
    [b, c],
    [a, b],
    [256, d],
  ]);
  expect([...tokenizer.encode('abcd')]).toEqual([a, 258]);
  expect([...tokenizer.encode('abab')]).toEqual([257, 257]);
});

test('text is split as GPT-2 splits it', () => {
  const text = "It's 2024,  isn’t\n\n\tit? don't  ";
  expect([...pieces(text)]).toEqual([
    ...[
      'It',
      "'s",
      ' 2024',
      ',',
      ' ',
      ' isn',
      '’',
      't',
      '\n\n',
      '\t',
      'it',
      '?',
      ' don',
      "'t",
      '  ',
    ],
  ]);
  const property = fc.property(fc.string({ unit: 'binary' }), (any) => {
    expect([...pieces(any)].join('')).toBe(any);
  });
  fc.assert(property, { numRuns: 1000 });
});

test('long runs are cut, so that no text is slow', () => {
  for (const run of ['語'.repeat(100_000), ' '.repeat(100_000), '!'.repeat(100_000)]) {
    const tokenizer = trainTokenizer('bpe', run, { merges: 300 });
    expect(tokenizer.decode(tokenizer.encode(run))).toBe(run);
    expect(Math.max(...tokenizer.vocabulary.map((shown) => shown.length))).toBeLessThan(300);
  }
});

test('what is shown of a token can be read', () => {
  const tokenizer = bpeTokenizer([
    [0xc3, 0xa9],
    [0x0a, 0x0a],
    [a, 0xe2],
    [0xc2, 0xa0],
  ]);
  expect(tokenizer.vocabulary.slice(256)).toEqual(['é', '‹0A›‹0A›', 'a‹E2›', '‹C2›‹A0›']);
});

/** Byte-pair encoding by its definition: count everything anew for each merge. */
function slowMerges(text: string, total: number): Merge[] {
  let words = [...pieces(text)].map((piece) => Array.from(toBytes(piece)));
  const merges: Merge[] = [];
  while (merges.length < total) {
    const counts = new Map<string, number>();
    for (const word of words) {
      for (let i = 1; i < word.length; i++) {
        const pair = `${String(word[i - 1])} ${String(word[i])}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    const [best] = [...counts]
      .map(([pair, count]) => ({ pair: pair.split(' ').map(Number), count }))
      .sort(
        (p, q) =>
          q.count - p.count ||
          (p.pair[0] ?? 0) - (q.pair[0] ?? 0) ||
          (p.pair[1] ?? 0) - (q.pair[1] ?? 0),
      );
    if (!best || best.count < 2) break;
    const [left = 0, right = 0] = best.pair;
    const id = 256 + merges.length;
    merges.push([left, right]);
    words = words.map((word) => {
      const merged: number[] = [];
      for (let i = 0; i < word.length; i++) {
        const found = word[i] === left && word[i + 1] === right;
        merged.push(found ? id : (word[i] ?? 0));
        if (found) i++;
      }
      return merged;
    });
  }
  return merges;
}

test('incremental counts merge what counting anew merges', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é'), maxLength: 200 });
  const property = fc.property(letters, (text) => {
    expect(mergesOf(text, 60)).toEqual(slowMerges(text, 60));
  });
  fc.assert(property, { numRuns: 300 });
});
