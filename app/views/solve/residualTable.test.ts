import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { someRecord } from '../../../test/app/fakeValues.ts';
import ResidualTable from './ResidualTable.tsx';

/** The cells of the table's last column. */
function lastColumn(props: { from?: number; rate?: number; first?: number }): string[] {
  const { from, rate = 0.5, first = 1 } = props;
  const records = [first, 0.1, 0.01, 0.001].map((value, k) => ({ ...someRecord(k), rel: [value] }));
  const given = { records, measure: 'rel', rate, ...(from === undefined ? {} : { from }) } as const;
  const html = renderToStaticMarkup(createElement(ResidualTable, given));
  return [...html.matchAll(/<td[^>]*>([^<]*)<\/td><\/tr>/g)].map(([, text = '']) => text);
}

it('the residual that ρ predicts for Picard starts where Picard starts', () => {
  expect(lastColumn({})).toEqual(['1.00000', '0.500000', '0.250000', '0.125000']);
  // A branch begins at its fork.
  expect(lastColumn({ from: 1 })).toEqual(['', '0.100000', '0.0500000', '0.0250000']);
});

it('there is no such column where Picard would not stay', () => {
  expect(lastColumn({ rate: 1.2 })).toEqual(['', '', '', '']);
});
