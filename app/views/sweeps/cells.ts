/** A sweep as it is drawn: what came of every cell, one number of it, and the best of them in words. */
import type { RunHead } from '../../../src/runs/run.ts';
import {
  axisName,
  axisValueNamed,
  cellKey,
  cellsOf,
  runsOfSweep,
  type Sweep,
  type SweepCell,
  type SweepValue,
} from '../../../src/runs/sweep.ts';
import { capital, plural } from '../../format.ts';
import type { KeptSweep } from '../../store/sweeps/sweepShelf.ts';
import { timesCompare } from '../compare/devices.ts';
import { metricKind, metricOf, metricsCompare, type MetricKind } from '../compare/metrics.ts';
import { endWords } from '../runs/runWords.ts';

/** What a cell is: `made` ended well, `ended` ended otherwise, which is a result too. */
export type CellState = 'made' | 'ended' | 'running' | 'missing' | 'failed' | 'impossible';

/** One cell with what came of it. */
export interface DrawnCell {
  readonly cell: SweepCell;
  readonly key: string;
  readonly state: CellState;
  readonly head: RunHead | null;
  /** What there is to say of it beside its numbers: "diverged", "Picard has no use for m."; empty where it ended well. */
  readonly words: string;
}

/** Every cell of a sweep, row by row. `at`: the one that is being made. */
export function drawnCells(
  { sweep, failures }: KeptSweep,
  heads: readonly RunHead[],
  at: readonly number[] | null,
): readonly DrawnCell[] {
  const runs = runsOfSweep(sweep, heads);
  const now = at && cellKey(at);
  return cellsOf(sweep).map((cell): DrawnCell => {
    const key = cellKey(cell.place);
    const head = runs.get(key) ?? null;
    const base = { cell, key, head };
    if (cell.problem !== null) return { ...base, state: 'impossible', words: cell.problem };
    if (head) {
      const well = head.status === 'converged' || head.status === 'finished';
      return { ...base, state: well ? 'made' : 'ended', words: well ? '' : endWords(head) };
    }
    if (key === now) return { ...base, state: 'running', words: 'being made now' };
    const failure = failures[key];
    if (failure !== undefined) return { ...base, state: 'failed', words: failure };
    return { ...base, state: 'missing', words: 'not made yet' };
  });
}

/** Numbers that a sweep can be looked at by, the most telling first. */
const measures = {
  solve: ['evaluations', 'iterations', 'milliseconds', 'msPerIteration', 'rel', 'abs', 'stepBytes'],
  training: [
    ...['validation', 'loss', 'bitsPerCharacter', 'accuracy', 'evaluations', 'milliseconds'],
    ...['msPerStep', 'peakBytes'],
  ],
} as const satisfies Readonly<Record<Sweep['work'], readonly string[]>>;

/** Those that any of the cells has. */
export const measuresOf = (
  { work }: Pick<Sweep, 'work'>,
  cells: readonly DrawnCell[],
): readonly string[] => {
  const known: readonly string[] = measures[work];
  const found = known.filter((name) => cells.some(({ head }) => head && metricOf(head, [name])));
  return found.length > 0 ? found : known.slice(0, 1);
};

/** Numbers that say how far a solve or a training got, of one that ended otherwise too. */
const reached: readonly string[] = [
  'rel',
  'abs',
  'validation',
  'loss',
  'bitsPerCharacter',
  'accuracy',
];

/** One number of every cell, ready to colour. */
export interface Measured {
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** By cell key; absent where a cell has none. It may be NaN or infinite. */
  readonly values: ReadonlyMap<string, number>;
  /** Cells whose value counts: finite, and of one that ended well or says how far it got. */
  readonly counted: readonly DrawnCell[];
  /** Those among which the best is looked for: where a tolerance is swept, the cells of one. */
  readonly rivals: readonly DrawnCell[];
  /** That tolerance; null where none is swept, or the number does not depend on it. */
  readonly at: { readonly side: number; readonly value: SweepValue; readonly words: string } | null;
  /** The best of the rivals; null where there is none, or all are alike. */
  readonly best: DrawnCell | null;
  /** Why values must not be held against each other, in a sentence; null where they may. */
  readonly warning: string | null;
}

/** The tightest tolerance that two cells can be held against each other at; null where none is swept. */
function fairAt({ axes }: Pick<Sweep, 'axes'>, counted: readonly DrawnCell[]): Measured['at'] {
  const side = axes.findIndex(({ paths }) => paths.some((path) => /tolerance$/i.test(path)));
  const axis = axes[side];
  if (!axis || axes.length < 2) return null;
  const value = axis.values.find(
    (one) => counted.filter(({ cell }) => cell.values[side] === one).length > 1,
  );
  return value === undefined ? null : { side, value, words: axisValueNamed(axis, value) };
}

/** The number of that name in every cell. */
export function measured(
  sweep: Pick<Sweep, 'axes'>,
  cells: readonly DrawnCell[],
  name: string,
): Measured {
  const found = cells.flatMap((cell) => {
    const metric = cell.head && metricOf(cell.head, [name]);
    return cell.head && metric ? [{ cell, head: cell.head, metric }] : [];
  });
  const [first] = found;
  const { unit = '', better = 'lower' } = first?.metric ?? {};
  const kind = metricKind(name, unit);
  const values = new Map(found.map(({ cell, metric }) => [cell.key, metric.value]));
  const alike = found.every(({ head }) => first && metricsCompare(name, first.head, head));
  const counted = alike
    ? found
        .filter(({ cell, metric }) => {
          if (!Number.isFinite(metric.value)) return false;
          return cell.state === 'made' || reached.includes(name);
        })
        .map(({ cell }) => cell)
    : [];
  const of = ({ key }: DrawnCell): number => values.get(key) ?? NaN;
  const sign = better === 'lower' ? 1 : -1;
  // What an answer costs says nothing beside one that is less exact.
  const at = reached.includes(name) ? null : fairAt(sweep, counted);
  const rivals = at ? counted.filter(({ cell }) => cell.values[at.side] === at.value) : counted;
  const best = rivals.reduce<DrawnCell | null>(
    (kept, cell) => (kept && sign * of(kept) <= sign * of(cell) ? kept : cell),
    null,
  );
  const differ = rivals.some((cell) => best && of(cell) !== of(best));
  const timed = kind.timed === true && !timesCompare(found.map(({ head }) => head));
  return {
    ...{ name, kind, unit, better, values, counted, rivals, at, best: differ ? best : null },
    warning: !alike
      ? `“${capital(kind.label)}” is not the same number in all cells, so none is called the best and they have no colours.`
      : timed
        ? 'Cells were computed on different devices or builds: their times don’t compare.'
        : null,
  };
}

/** What is swept, in a line: "solver × ε". */
export const sweepWords = ({ axes }: Pick<Sweep, 'axes'>): string => axes.map(axisName).join(' × ');

/** What the sweep says, in a sentence or two. */
export function resultWords(
  sweep: Sweep,
  cells: readonly DrawnCell[],
  { name, best, at, kind, better, values, rivals }: Measured,
): string {
  const able = cells.filter(({ state }) => state !== 'impossible');
  const ended = cells.filter(({ state }) => state === 'ended');
  const tried = cells.filter(({ head }) => head !== null);
  const failed = cells.filter(({ state }) => state === 'failed');
  const parts: string[] = [];
  if (best) {
    const value = values.get(best.key) ?? NaN;
    const ties = rivals.filter(({ key }) => values.get(key) === value).length - 1;
    const others = ties > 0 ? ` (${plural(ties, 'other cell')} too)` : '';
    const where = at ? ` at ${at.words}` : '';
    const rest = sweep.axes.flatMap((axis, side) =>
      at?.side === side ? [] : [axisValueNamed(axis, best.cell.values[side] ?? '')],
    );
    parts.push(
      `${superlative(name, better)} ${kind.label}${where}: ${capital(rest.join(', '))}: ${kind.format(value)}${others}.`,
    );
  } else if (rivals.length > 1) {
    const where = at ? ` at ${at.words}` : '';
    parts.push(`All ${plural(rivals.length, 'cell')}${where} have the same ${kind.label}.`);
  }
  if (ended.length > 0) {
    const ways = [...new Set(ended.map(({ words }) => words))];
    const counts = ways.map((way) => {
      const some = ended.filter(({ words }) => words === way);
      const own = some.length === 1 ? way : way.replace(' its ', ' their ');
      return `${String(some.length)} ${own}${whoWords(sweep, some)}`;
    });
    const what = sweep.work === 'solve' ? 'did not converge' : 'did not finish';
    parts.push(
      `${String(ended.length)} of ${plural(tried.length, 'cell')} ${what}: ${counts.join('; ')}.`,
    );
  } else if (tried.length > 1 && tried.length === able.length && failed.length === 0) {
    parts.push(sweep.work === 'solve' ? 'Every cell converged.' : 'Every training finished.');
  }
  if (failed.length > 0) {
    parts.push(
      `${plural(failed.length, 'cell')} could not be made${whoWords(sweep, failed)}: choose one to see why.`,
    );
  }
  return parts.join(' ');
}

/** "Fewest evaluations", "Shortest time", "Lowest loss". */
function superlative(name: string, better: Measured['better']): string {
  if (name === 'evaluations' || name === 'iterations') return 'Fewest';
  if (metricKind(name).timed === true) return better === 'lower' ? 'Shortest' : 'Most';
  return better === 'lower' ? 'Lowest' : 'Highest';
}

/** What cells have in common along one axis, where they do: " (Picard)". */
function whoWords({ axes }: Pick<Sweep, 'axes'>, some: readonly DrawnCell[]): string {
  const shared = axes.flatMap((axis, at) => {
    const [first] = some;
    const value = first?.cell.values[at];
    if (value === undefined || !some.every(({ cell }) => cell.values[at] === value)) return [];
    return [axisValueNamed(axis, value)];
  });
  return shared.length === 0 ? '' : ` (${shared.join(', ')})`;
}
