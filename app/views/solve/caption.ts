import { worst } from '../../charts/series.ts';
import type { IterationRecord } from '../../../src/engine/protocol/protocol.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { settingsOf } from '../../../src/numerics/settingsOf.ts';
import { iterationName } from '../../../src/schema/maps.ts';
import { formatResidual, plural } from '../../format.ts';
import type { Measure } from '../../charts/series.ts';
import { solverOf } from '../../store/solve/shown.ts';
import type { Pass } from '../../store/state.ts';

/** What the residual chart shows, in one sentence. */
export function residualCaption(
  records: readonly IterationRecord[],
  experiment: Experiment,
  measure: Measure,
  pass: Pass,
  /** Iteration at which this solve left its parent; 0 where it has none. */
  start = 0,
): string {
  const { method } = solverOf(experiment, pass);
  const name = pass === 'forward' ? iterationName(experiment) : settingsOf(method).title;
  const first = records[start] ?? records[0];
  const newest = records.at(-1);
  if (!first || !newest) {
    return `${name}: the curve starts with the residual of ${pass === 'forward' ? 'z₀' : 'u = 0'}.`;
  }
  const from = worst(first[measure]);
  const to = worst(newest[measure]);
  const { iteration } = newest;
  if (iteration === 0)
    return `${name}: at the starting point the residual is ${formatResidual(from)}.`;
  const broken = records.find((record) => !Number.isFinite(worst(record[measure])));
  if (broken) {
    return `${name}: the residual stopped being a finite number at iteration ${String(broken.iteration)} (▲).`;
  }
  // A change by less than half is neither a fall nor a rise worth the word.
  const verb = to < from / 2 ? 'fell' : to > from * 2 ? 'rose' : 'went';
  const made = iteration - first.iteration;
  const since =
    first.iteration > 0 ? `${name}, from iteration ${String(first.iteration)} on` : name;
  return `${since}: the residual ${verb} from ${formatResidual(from)} to ${formatResidual(to)} in ${plural(made, 'iteration')}.`;
}
