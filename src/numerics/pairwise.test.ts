import { expect, test } from 'vitest';
import { pairwise } from '../../test/pairwise';

const options = {
  method: ['picard', 'anderson', 'broyden'],
  ridge: [0, 1e-8, 1e-4, 1e-1],
  search: [false, true],
  mode: ['abs', 'rel'],
  history: [1, 2, 6],
  same: [{ a: 1 }, { a: 1 }],
};

test('any two values of any two options meet in a row of the covering array', () => {
  const rows = pairwise<Record<string, unknown>>(options);
  for (const [one, values] of Object.entries(options))
    for (const [other, others] of Object.entries(options)) {
      if (one === other) continue;
      for (const value of values)
        for (const beside of others)
          expect(
            rows.some((row) => row[one] === value && row[other] === beside),
            `${one} ${JSON.stringify(value)} with ${other} ${JSON.stringify(beside)}`,
          ).toBe(true);
    }
  // 4 × 3 is the least that is possible; all combinations would be 288.
  expect(rows.length).toBeLessThanOrEqual(18);
  expect(pairwise<Record<string, unknown>>(options)).toEqual(rows);
});

test('one option gives a row for each value; an option without values is refused', () => {
  expect(pairwise({ a: [1, 2, 3] })).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  expect(() => pairwise({ a: [1], b: [] })).toThrow('"b"');
});
