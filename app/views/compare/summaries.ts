import type { RunAxis } from '../../../src/runs/run.ts';
import { plural } from '../../format.ts';
import type { DrawnBand, DrawnLine } from './CurveChart.tsx';
import type { Group } from './groups.ts';
import { axisLabels, axisValue, curveLabel } from './words.ts';

/** A chart of curves in words: what it shows, and from where to where each run goes. */
export function curvesWords(of: {
  readonly name: string;
  readonly axis: RunAxis;
  readonly group: Group;
  readonly lines: readonly DrawnLine[];
  readonly bands: readonly DrawnBand[];
  readonly format: (value: number) => string;
}): string {
  const { name, axis, group, lines, bands, format } = of;
  const what = `${curveLabel(name)} of ${plural(group.members.length, 'run')} over ${axisLabels[axis].long}.`;
  const runs = lines.map(({ head, line }) => {
    const { x, y } = line.points;
    const [first, last, end] = [y[0], y.at(-1), x.at(-1)];
    const blown = line.offScale.length > 0 ? ', and then no finite number' : '';
    if (first === null || first === undefined || last === null || last === undefined)
      return `${head.name}: no finite number.`;
    return `${head.name}: from ${format(first)} to ${format(last)} at ${axisValue(axis, end ?? 0)}${blown}.`;
  });
  const spans = bands.map(({ head, band }) => {
    const at = band.x.length - 1;
    return `The ${String(band.runs)} seeds of ${head.name} end between ${format(band.least[at] ?? NaN)} and ${format(band.most[at] ?? NaN)}, where the first of them ends.`;
  });
  return [what, ...runs, ...spans].join(' ');
}

/** Names of runs, for where their figures come from. */
export const runNames = (runs: readonly { readonly name: string }[]): string =>
  `Runs ${runs.map(({ name }) => name).join(', ')}`;
