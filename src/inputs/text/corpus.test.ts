import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateCorpus, splitText, type GeneratedCorpus } from './corpus.ts';

const kinds: readonly GeneratedCorpus[] = ['brackets', 'arithmetic', 'copy'];

const linesOf = (kind: GeneratedCorpus, seed: number): string[] =>
  generateCorpus(kind, seed).trimEnd().split('\n');

test.each(kinds)('%s: about 40,000 characters, the same for the same seed', (kind) => {
  const text = generateCorpus(kind, 3);
  expect(text.length).toBeGreaterThanOrEqual(40_000);
  expect(text.length).toBeLessThan(40_050);
  expect(text.endsWith('\n')).toBe(true);
  expect(generateCorpus(kind, 3)).toBe(text);
  expect(generateCorpus(kind, 4)).not.toBe(text);
});

test('brackets close what they opened', () => {
  for (const line of linesOf('brackets', 1)) {
    let rest = line;
    while (/\(\)|\[\]|\{\}/.test(rest)) rest = rest.replace(/\(\)|\[\]|\{\}/g, '');
    expect(rest).toBe('');
    expect(line).not.toBe('');
  }
});

test('sums are right and copies are copies', () => {
  for (const line of linesOf('arithmetic', 1)) {
    const [, left, right, sum] = /^(\d{1,2})\+(\d{1,2})=(\d{1,3})$/.exec(line) ?? [];
    expect(Number(left) + Number(right)).toBe(Number(sum));
  }
  for (const line of linesOf('copy', 1)) expect(line).toMatch(/^([a-z]{2,8})\|\1$/);
});

test('the first lines stay what they are: a seed in a link promises them', () => {
  const first = kinds.map((kind) => linesOf(kind, 1)[0]);
  expect(first).toEqual(['()[][]{(())()}{}', '11+93=104', 'fjykte|fjykte']);
});

test('the last tenth is held out, and no code point is cut', () => {
  expect(splitText('0123456789')).toEqual({ train: '012345678', validation: '9' });
  expect(splitText('🙂'.repeat(20))).toEqual({
    train: '🙂'.repeat(18),
    validation: '🙂🙂',
  });
  expect(splitText('short')).toEqual({ train: 'short', validation: '' });
  const property = fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
    const { train, validation } = splitText(text);
    expect(train + validation).toBe(text);
    expect(Array.from(validation)).toHaveLength(Math.floor(Array.from(text).length / 10));
  });
  fc.assert(property);
});
