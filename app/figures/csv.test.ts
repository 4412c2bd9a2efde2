import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

/** A reader of RFC 4180, independent of what writes. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (text.startsWith('\r\n', at)) {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at++;
    } else cell += sign;
  }
  return rows;
}

const words = fc.oneof(
  fc.string(),
  fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ' ', 'a', '1'),
  }),
);

describe('csvOf', () => {
  it('is read back as it was written, whatever the words', () => {
    fc.assert(
      fc.property(fc.array(fc.array(words, { minLength: 2, maxLength: 2 })), (rows) => {
        const back = read(csvOf({ columns: ['a', 'b'], rows })).slice(1);
        expect(back).toHaveLength(rows.length);
        rows.forEach((row, at) => {
          row.forEach((cell, column) => {
            const found = back[at]?.[column] ?? '';
            expect([cell, `'${cell}`]).toContain(found);
          });
        });
      }),
    );
  });

  it('starts no formula, in a head or in a cell', () => {
    fc.assert(
      fc.property(words, (cell) => {
        for (const [found = ''] of read(csvOf({ columns: [cell], rows: [[cell]] })))
          if (/^[=+\-@\t\r]/.test(found)) expect(Number.isFinite(Number(found))).toBe(true);
      }),
    );
    expect(csvOf({ columns: ['=1+1'], rows: [['@SUM(A1)'], ['-2+3'], ['\tx'], ['-0.5e-3']] })).toBe(
      `'=1+1\r\n'@SUM(A1)\r\n'-2+3\r\n'\tx\r\n-0.5e-3\r\n`,
    );
  });

  it('writes every number so that it is the same when read', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const [, [found = ''] = []] = read(csvOf({ columns: ['x'], rows: [[value]] }));
        expect(Number(found) === value || Number.isNaN(value)).toBe(true);
      }),
    );
    expect(
      csvOf({
        columns: ['x', 'y'],
        rows: [
          [NaN, null],
          [-Infinity, undefined],
        ],
      }),
    ).toBe('x,y\r\nNaN,\r\n-Infinity,\r\n');
  });
});
