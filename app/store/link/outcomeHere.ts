/** How a solve or a training of this page ended, in the form in which a link says it. */
import { matters, type RunKind } from '../../../src/runs/difference.ts';
import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { fieldPaths } from '../../../src/schema/fields.ts';
import type { SolveOutcome, TrainingOutcome } from '../../../src/schema/outcome.ts';
import { weightsOf } from '../../../src/schema/weights.ts';
import { worst } from '../../charts/series.ts';
import type { AppState } from '../state.ts';

/** Whether two set-ups give the same run of that kind: what has no say in it may differ. */
const givesSame = (kind: RunKind['kind'], a: Experiment, b: Experiment): boolean =>
  fieldPaths.every(
    (path) =>
      settingAt(a, path) === settingAt(b, path) ||
      ![a, b].some((experiment) => matters(path, { kind }, experiment)),
  );

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/**
 * How the forward solve of `experiment` ended; null while it has not, for a fork or a recorded one, and where it had
 * weights of the visitor's own: nobody else has those.
 */
export function solveOutcome(state: AppState, experiment: Experiment): SolveOutcome | null {
  const { source, branch, applied, status, records, device } = state;
  const last = records.at(-1);
  if (source !== 'live' || branch || status === 'running' || !last || !device) return null;
  if (weightsOf(applied) === 'trained' || !givesSame('solve', applied, experiment)) return null;
  const { iteration: iterations, evaluations } = last;
  const backend = device.backend.name;
  return {
    kind: 'solve',
    status,
    iterations,
    evaluations,
    residual: finite(worst(last.rel)),
    backend,
  };
}

/**
 * Where the training of `experiment` stood after so many steps, or stands where it rests; null where it was not there,
 * and once a remedy has changed it on its way.
 */
export function trainingOutcome(
  state: AppState,
  experiment: Experiment,
  after?: number,
): TrainingOutcome | null {
  const { run, runPhase, trainDevice, treatments } = state;
  const rests = ['paused', 'finished', 'nonfinite', 'diverged'].includes(runPhase);
  if (!run || !trainDevice || Object.keys(treatments).length > 0) return null;
  const record =
    after === undefined
      ? rests && run.newest.deq
      : run.series.of('deq').find(({ step }) => step === after);
  if (!record || !givesSame('training', run.applied, experiment)) return null;
  const { step: steps, loss } = record;
  return { kind: 'training', steps, loss: finite(loss), backend: trainDevice.backend.name };
}
