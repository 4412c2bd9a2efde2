import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { pacer } from '../../data/pace.ts';
import {
  saveTokenizer,
  tokenizerTraining,
  trainTokenizer,
  type TrainingProgress,
} from './tokenizer.ts';

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

test('bytes are the ids of the byte tokenizer', () => {
  const tokenizer = trainTokenizer('byte', 'whatever');
  expect(tokenizer).toMatchObject({ kind: 'byte', size: 256, unknownId: undefined });
  expect(tokenizer.encode('aé\n')).toEqual(Int32Array.of(0x61, 0xc3, 0xa9, 0x0a));
  expect(tokenizer.decode([0x61, 0xc3, 0xa9, 0x0a])).toBe('aé\n');
  const shown = [0x0a, 0x20, 0x61, 0x7f, 0xc3].map((id) => tokenizer.vocabulary[id]);
  expect(shown).toEqual(['‹0A›', ' ', 'a', '‹7F›', '‹C3›']);
  expect(new Set(tokenizer.vocabulary).size).toBe(256);
});

test.each(['byte', 'bpe'] as const)('%s: what is not text reads as U+FFFD', (kind) => {
  const tokenizer = trainTokenizer(kind, '');
  expect(tokenizer.decode([0x61, 0xc3, 0x62])).toBe('a\uFFFDb');
  expect(tokenizer.decode([999, -1, 0.5, 0x61])).toBe('\uFFFD\uFFFD\uFFFDa');
  expect(tokenizer.decode([])).toBe('');
  expect(tokenizer.encode('')).toHaveLength(0);
});

test.each(['byte', 'bpe'] as const)(
  '%s: every well-formed text survives the round trip',
  (kind) => {
    const property = fc.property(anyText, anyText, (training, text) => {
      const tokenizer = trainTokenizer(kind, training + training, { merges: 40 });
      expect(tokenizer.decode(tokenizer.encode(text + training))).toBe(text + training);
    });
    fc.assert(property, { numRuns: 500 });
  },
);

test('a byte order mark is a character like others', () => {
  const tokenizer = trainTokenizer('bpe', '');
  expect(tokenizer.decode(tokenizer.encode('\uFEFFa'))).toBe('\uFEFFa');
});

test('training says how far it is, and ends with what trainTokenizer makes', () => {
  const text = Array.from({ length: 3000 }, (_, i) => (i * 7919).toString(36)).join(' ');
  // A clock that moves on by 10 ms whenever someone looks.
  let now = 0;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => (now += 10));
  onTestFinished(() => {
    clock.mockRestore();
  });
  for (const kind of ['char', 'byte', 'bpe'] as const) {
    const training = tokenizerTraining(kind, text, { merges: 300 });
    const progress: TrainingProgress[] = [];
    let step = training.next();
    for (; !step.done; step = training.next()) progress.push(step.value);
    const tokenizer = trainTokenizer(kind, text, { merges: 300 });
    expect(saveTokenizer(step.value)).toBe(saveTokenizer(tokenizer));
    const done = progress.map((report) => report.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    for (const report of progress) expect(report.done).toBeLessThanOrEqual(report.total);
    // There is nothing to train of bytes.
    if (kind === 'byte') expect(progress).toEqual([]);
    else expect(new Set(done).size).toBeGreaterThan(2);
  }
});

test('the caller’s own time is not counted as work', () => {
  let now = 0;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now);
  onTestFinished(() => {
    clock.mockRestore();
  });
  const pause = pacer();
  const pauses = (): number => [...pause('progress')].length;
  expect(pauses()).toBe(0);
  now = 10;
  for (const progress of pause('progress')) {
    expect(progress).toBe('progress');
    now = 1000;
  }
  expect(pauses()).toBe(0);
  now = 1010;
  expect(pauses()).toBe(1);
});

test('a number of merges that is none is refused', () => {
  for (const merges of [-1, 0.5, NaN, 65_001]) {
    expect(() => trainTokenizer('bpe', 'text', { merges })).toThrow(/from 0 to 65000/);
  }
});
