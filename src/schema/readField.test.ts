import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choice, decades, flag, int, real, text } from './field.ts';
import { readField } from './readField.ts';
import { unreadable } from './untrusted.ts';

const help = 'For the test.';
const width = int({ label: 'Width', help, default: 32, min: 8, max: 128, step: 8 });
const gain = real({ label: 'Gain', help, default: 1, min: 0.05, max: 4, step: 0.05 });
const ridge = decades({ label: 'Ridge', help, default: 1e-4, min: 1e-10, max: 1 });
const line = flag({ label: 'Line search', help, default: false });
const method = choice({
  label: 'Method',
  help,
  default: 'b',
  labels: { 1: 'One', b: 'Broyden' },
});
const input = text({ label: 'Input text', help, default: 'cat', maxLength: 4 });

test.each([
  [width, 64, 64],
  [width, '64', 64],
  [gain, 0.15, 0.15],
  [gain, 0.1 + 0.05, 0.15],
  [gain, '0.15', 0.15],
  [gain, ' 1e0 ', 1],
  [gain, '.5', 0.5],
  [ridge, '1e-4', 1e-4],
  [ridge, 1.2345678901234567e-7, 1.2345678901234567e-7],
  [line, 'true', true],
  [line, '0', false],
  [method, 1, '1'],
  [method, 'b', 'b'],
  [input, 'a🙂é\n', 'a🙂é\n'],
] as const)('%# takes %s as it is', (field, raw, value) => {
  expect(readField(field, raw)).toEqual({ value });
});

test.each([
  [width, 4096, 128, 'Width 4096 is above the limit; set to 128.'],
  [width, '1e999', 32, 'Width must be a number, not “1e999”; set to 32.'],
  [width, -5, 8, 'Width −5 is below the limit; set to 8.'],
  [width, 33, 32, 'Width 33 was rounded to 32.'],
  [gain, 0.17, 0.15, 'Gain 0.17 was rounded to 0.15.'],
  [width, NaN, 32, 'Width must be a number, not “NaN”; set to 32.'],
  [width, -Infinity, 32, 'Width must be a number, not “-Infinity”; set to 32.'],
  [width, '', 32, 'Width was empty, and must be a number; set to 32.'],
  [width, '0x10', 32, 'Width must be a number, not “0x10”; set to 32.'],
  [width, true, 32, 'Width must be a number, not “true”; set to 32.'],
  [width, null, 32, 'Width must be a number; set to 32.'],
  [width, [64], 32, 'Width must be a number; set to 32.'],
  [width, unreadable, 32, 'Width must be a number; set to 32.'],
  [line, 'yes', false, '“Line search” must be on or off, not “yes”; set to off.'],
  [method, 'toString', 'b', '“Method” has no option “toString”; set to “Broyden”.'],
  [method, {}, 'b', '“Method” has no option of that kind; set to “Broyden”.'],
  [input, '', 'cat', '“Input text” was empty; set to “cat”.'],
  [input, '\0\uD800', 'cat', '“Input text” was empty; set to “cat”.'],
  [input, 5, 'cat', '“Input text” must be text, not “5”; set to “cat”.'],
  [input, '🙂🙂🙂🙂🙂', '🙂🙂🙂🙂', '“Input text” was cut to its first 4 characters.'],
  [input, 'a\0b', 'ab', '“Input text” lost characters that are not text.'],
  [
    input,
    '\uD83Dabcde',
    'abcd',
    '“Input text” lost characters that are not text and was cut to its first 4 characters.',
  ],
  // Half pairs around a NUL must not meet and become a character.
  [input, 'x\uD83D\0\uDE42', 'x', '“Input text” lost characters that are not text.'],
] as const)('%# repairs what it can and says so', (field, raw, value, adjustment) => {
  expect(readField(field, raw)).toEqual({ value, adjustment });
});

test('a range that ends between two steps keeps its values inside', () => {
  const odd = real({ label: 'Odd', help, default: 1, min: 1, max: 8, step: 4 });
  expect(readField(odd, 8).value).toBe(5);
});

test('words shown for a hostile value are short and on one line', () => {
  const { adjustment = '' } = readField(width, `\u202E\n\t${'x'.repeat(1e6)}`);
  expect(adjustment).toBe(`Width must be a number, not “${'x'.repeat(39)}…”; set to 32.`);
});

test('whatever it returns, it takes again without a word', () => {
  const raw = fc.oneof(fc.anything(), fc.double(), fc.double().map(String), fc.string());
  const property = fc.property(
    fc.constantFrom(width, gain, ridge, line, method, input),
    raw,
    (field, given) => {
      const { value } = readField(field, given);
      expect(readField(field, value)).toEqual({ value });
      expect(readField(field, String(value))).toEqual({ value });
    },
  );
  fc.assert(property, { numRuns: 3000 });
});

test('zero has one sign, as in a link', () => {
  const alpha = real({ label: 'Step', help, default: 1, min: -1, max: 4, step: 0 });
  for (const field of [alpha, { ...alpha, step: 0.5 }])
    for (const raw of [-0, '-0', 0]) expect(readField(field, raw).value).toBe(0);
});
