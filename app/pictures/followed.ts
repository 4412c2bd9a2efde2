import type { FiguresObservation } from '../../src/families/observation.ts';
import type { Curve } from '../charts/curves.ts';
import { formatFigure } from './formatFigure.ts';
import type { Readings } from './history.ts';

/** Figures that a family follows through the iterations and that share a picture: one unit, one scale. */
export interface FollowedFigures {
  readonly key: string;
  /** What the vertical axis is: `PSNR, dB`, or the unit alone where curves of several names share it. */
  readonly quantity: string;
  readonly unit: string;
  readonly log: boolean;
  /** `values[k]` is of iteration k; NaN where it said nothing. */
  readonly curves: readonly Curve[];
}

type Row = FiguresObservation['rows'][number];

/** The followed figures among what was observed, picture by picture; none before there are two iterations to compare. */
export function followedIn(readings: Readings): FollowedFigures[] {
  const groups = new Map<string, Map<string, number[]>>();
  const kinds = new Map<string, { readonly about: string; readonly row: Row }>();
  readings.forEach((observed, k) => {
    for (const one of observed) {
      if (one.kind !== 'figures') continue;
      for (const row of one.rows) {
        if (!row.followed) continue;
        const key = JSON.stringify([one.name, row.unit ?? '', row.followed]);
        if (!kinds.has(key)) kinds.set(key, { about: one.name, row });
        const curves = groups.get(key) ?? new Map<string, number[]>();
        groups.set(key, curves);
        const values = curves.get(row.name) ?? [];
        curves.set(row.name, values);
        while (values.length < k) values.push(NaN);
        values[k] = row.value;
      }
    }
  });
  return Array.from(groups, ([key, named]) => {
    const { about, row } = kinds.get(key) as { about: string; row: Row };
    const unit = row.unit ?? '';
    const name = named.size > 1 ? (unit === '' ? about : '') : row.name;
    return {
      ...{ key, unit, log: row.followed === 'log' },
      quantity: [name, unit].filter((word) => word !== '').join(', '),
      curves: Array.from(named, ([label, values]) => ({ label, values, every: 1 })),
    };
  }).filter(({ curves }) =>
    curves.some(({ values }) => values.filter((value) => Number.isFinite(value)).length > 1),
  );
}

/** What followed figures did, in a sentence for each: where they began, and where they stand at iteration `at`. */
export function followedWords({ curves, unit }: FollowedFigures, at: number): string {
  const of = (value: number): string => `${formatFigure(value)}${unit === '' ? '' : ` ${unit}`}`;
  return curves
    .map(({ label, values }) => {
      const first = values.findIndex((value) => !Number.isNaN(value));
      const last = Math.min(at, values.length - 1);
      return (
        `${label}: ${of(values[first] ?? NaN)} at iteration ${String(first)}, ` +
        `${of(values[last] ?? NaN)} at ${String(last)}.`
      );
    })
    .join(' ');
}
