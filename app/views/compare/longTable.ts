import type { FigureTable } from '../../figures/figure.ts';
import type { RunAxis, RunHead, RunTrace } from '../../../src/runs/run.ts';
import { columnsOf } from './points.ts';

/** Columns of the long form, which every plotting library reads. */
const columns = ['run', 'metric', 'x', 'y'] as const;

/**
 * Every curve of the runs, whole: `metric` names the curve and what `x` counts, "rel by iteration". A curve without
 * the wanted axis is written over the first that it has.
 */
export function longTable(
  runs: readonly { readonly head: RunHead; readonly trace: RunTrace }[],
  axes: Readonly<Record<RunHead['kind'], RunAxis>>,
): FigureTable {
  const names = distinctNames(runs.map(({ head }) => head));
  const rows: (string | number)[][] = [];
  for (const [index, { head, trace }] of runs.entries()) {
    for (const curve of head.curves) {
      const wanted = axes[head.kind];
      const axis =
        curve.x[wanted] === undefined ? (Object.keys(curve.x)[0] as RunAxis | undefined) : wanted;
      const found = axis === undefined ? null : columnsOf(curve, trace, axis);
      if (!found || axis === undefined) continue;
      const metric = `${curve.name} by ${axis}`;
      found.y.forEach((y, at) => {
        rows.push([names[index] ?? head.name, metric, found.x[at] ?? NaN, y]);
      });
    }
  }
  return { columns, rows };
}

/** Two runs may have one name: the later ones get a number, so that their rows stay apart. */
function distinctNames(heads: readonly RunHead[]): readonly string[] {
  const taken = new Set<string>();
  return heads.map(({ name }) => {
    let own = name;
    for (let number = 2; taken.has(own); number++) own = `${name} (${String(number)})`;
    taken.add(own);
    return own;
  });
}
