import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { changeSetting, defaultExperiment, settingAt } from './experiment.ts';
import { findField, type FieldPath } from './fields.ts';
import { typedValue } from './readField.ts';
import { readTypedNumber, type NumberContext } from './typedNumber.ts';

/** The default set-up with a number typed for one of its settings. */
const typed = (path: FieldPath, raw: string) => {
  const field = findField(path);
  return changeSetting(defaultExperiment, path, field && typedValue(field, raw));
};

/** A whole number up to millions, with a unit; and a real one up to a thousand. */
const whole: NumberContext = { min: 1, max: 5e6, step: 1, unit: 'steps' };
const real: NumberContext = { min: 0, max: 1000, step: 0 };
const small: NumberContext = { min: 1e-8, max: 1, step: 0 };

test.each<[string, NumberContext, number]>([
  ['20000', whole, 20_000],
  ['20,000', whole, 20_000],
  ['20.000', whole, 20_000],
  ['20,000', { ...whole, max: 5000 }, 20_000],
  ['1,234,567', whole, 1_234_567],
  ['1.234.567', whole, 1_234_567],
  ['12,34,567', whole, 1_234_567],
  ['20 000', whole, 20_000],
  ['20\u00a0000', whole, 20_000],
  ['20\u202f000', whole, 20_000],
  ['20’000', whole, 20_000],
  ["20'000", whole, 20_000],
  ['20_000', whole, 20_000],
  ['20k', whole, 20_000],
  ['200 steps', whole, 200],
  ['200 Step', whole, 200],
  ['１２８', whole, 128],
  ['٦٤', whole, 64],
  ['1,5', real, 1.5],
  ['0,001', small, 0.001],
  ['0.001', small, 0.001],
  [',5', small, 0.5],
  ['1,234.5', { ...real, max: 1e4 }, 1234.5],
  ['1.234,5', { ...real, max: 1e4 }, 1234.5],
  ['1e-3', small, 1e-3],
  ['1E−3', small, 1e-3],
  ['10^-3', small, 1e-3],
  ['10⁻³', small, 1e-3],
  ['5·10^-4', small, 5e-4],
  ['5 × 10⁻⁴', small, 5e-4],
  ['5*10^(-4)', small, 5e-4],
  ['2,5e-4', small, 2.5e-4],
  ['50 %', small, 0.5],
  ['12,5%', small, 0.125],
  ['β = 0.9', small, 0.9],
  ['1/4', small, 0.25],
  ['−3', { ...real, min: -10 }, -3],
  ['–3', { ...real, min: -10 }, -3],
  ['+3', real, 3],
  // Only one of the two readings is a value the setting can have.
  ['1,000', small, 1],
  ['2.500', real, 2.5],
])('%j is read for %o as %d', (raw, context, value) => {
  expect(readTypedNumber(raw, context)).toEqual({ value });
});

test.each([
  '',
  ' ',
  'lots',
  '1 2',
  '1,23,4',
  '1..2',
  '1.2.3',
  '0x10',
  'Infinity',
  'NaN',
  '1e999',
  '10^999',
  '5 apples',
  '1-2',
  '1,,000',
  '12,34.5,6',
])('%j is refused', (raw) => {
  expect(readTypedNumber(raw, whole)).toHaveProperty('problem');
});

test('what can mean two numbers is said to, with both', () => {
  const problem = 'can’t be read from “1,500”, which can mean 1.5 or 1500';
  expect(readTypedNumber('1,500', { min: 0, max: 1e4, step: 0 })).toEqual({ problem });
  expect(readTypedNumber('60 %', whole)).toHaveProperty('problem');
});

describe('a setting', () => {
  it('takes a grouped number whole, or says why not', () => {
    const { experiment } = typed('train.steps', '20,000');
    expect(settingAt(experiment, 'train.steps')).toBe(20_000);
    const seed = typed('random.seed', '1 2');
    expect(seed.experiment).toBe(defaultExperiment);
    expect(seed.adjustments).toEqual(['Seed must be a number, not “1 2”; set to 1234.']);
  });

  it('reads every number that JavaScript writes as it is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const context = { min: -Infinity, max: Infinity, step: 0 };
        const read = readTypedNumber(String(value), context);
        // A lone group of three after a point is what people write thousands with, too.
        if ('value' in read) expect(read.value).toBe(value + 0);
        else expect(String(value)).toMatch(/^-?[1-9]\d{0,2}\.\d{3}$/);
      }),
    );
  });
});
