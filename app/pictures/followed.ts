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

/** Rows of one unit and scale, as they are found. */
interface Group {
  /** What the figures that they are among are called. */
  readonly about: string;
  /** The first of them. */
  readonly row: FiguresObservation['rows'][number];
  /** Values by the names of rows. */
  readonly named: Map<string, number[]>;
}

/** The followed figures among what was observed, picture by picture; none before there are two iterations to compare. */
export function followedIn(readings: Readings): FollowedFigures[] {
  const groups = new Map<string, Group>();
  readings.forEach((observed, k) => {
    for (const one of observed) {
      if (one.kind !== 'figures') continue;
      for (const row of one.rows) {
        if (!row.followed) continue;
        const key = JSON.stringify([one.name, row.unit ?? '', row.followed]);
        const group = groups.get(key) ?? {
          about: one.name,
          row,
          named: new Map<string, number[]>(),
        };
        groups.set(key, group);
        const values = group.named.get(row.name) ?? [];
        group.named.set(row.name, values);
        while (values.length < k) values.push(NaN);
        values[k] = row.value;
      }
    }
  });
  return Array.from(groups, ([key, { about, row, named }]) => {
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
