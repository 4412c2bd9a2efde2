/** What a sweep would take, before it is begun. */
import type { RunHead } from '../../../src/runs/run.ts';
import { cellsOf, type Sweep } from '../../../src/runs/sweep.ts';
import { plural } from '../../format.ts';
import { paceKey, type SweepsState } from '../../store/sweeps/sweeps.ts';
import { metricOf } from '../compare/metrics.ts';
import { formatSpan } from '../train/trainFormat.ts';

/** "25 solves, about 12 s, as the last solve took." */
export function estimateWords(
  grid: Pick<Sweep, 'work' | 'base' | 'axes'>,
  pace: SweepsState['pace'],
  heads: readonly RunHead[],
): string {
  const { work, base } = grid;
  const all = cellsOf(grid);
  const able = all.filter(({ problem }) => problem === null).length;
  const left = all.length - able;
  const what =
    work === 'solve'
      ? plural(able, 'solve')
      : `${plural(able, 'training')} of ${plural(base.train.steps, 'step')}`;
  const without =
    left > 0 ? ` ${plural(left, 'cell')} of the grid can’t be made, and will say why.` : '';
  const known = paceOf(grid, pace, heads);
  if (!known) return `${what}. How long they take will be known after the first.${without}`;
  const seconds = (able * known.milliseconds) / 1000;
  return `${what}, about ${formatSpan(Math.max(1, seconds))}: ${known.from}.${without}`;
}

/** What a cell may take, and how that is known. */
function paceOf(
  grid: Pick<Sweep, 'work' | 'base'>,
  pace: SweepsState['pace'],
  heads: readonly RunHead[],
): { readonly milliseconds: number; readonly from: string } | null {
  if (pace?.of === paceKey(grid))
    return { milliseconds: pace.milliseconds, from: 'as the cells of the last sweep took' };
  const { work, base } = grid;
  const last = heads.find(
    ({ kind, pass, experiment }) =>
      kind === work && pass === undefined && experiment.problem.family === base.problem.family,
  );
  const metric = last && metricOf(last, [work === 'solve' ? 'milliseconds' : 'msPerStep']);
  if (!metric || !(metric.value > 0)) return null;
  return work === 'solve'
    ? { milliseconds: metric.value + SET_UP, from: 'measured from the last solve' }
    : {
        milliseconds: metric.value * base.train.steps + SET_UP,
        from: 'measured from the steps of the last training',
      };
}

/** Milliseconds that a problem takes to be built, about. */
const SET_UP = 100;
