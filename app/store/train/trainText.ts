import type { AppState } from '../state.ts';
import type { Run, RunPhase } from './types.ts';
import { viewNames } from '../../../src/schema/views.ts';
import type { DataReport } from '../../../src/engine/protocol/protocol.ts';
import type { AppStore } from '../store.ts';
import { familyOf } from '../../../src/families/settings.ts';
import type { FamilySettings } from '../../../src/schema/family.ts';

type Relevant = Pick<AppState, 'run' | 'runPhase' | 'trainDevice' | 'checkpoints' | 'experiment'>;

/** How the run stands, in one plain sentence that follows from the state alone. */
export function trainText(state: Relevant): string {
  const { run, runPhase, trainDevice } = state;
  const steps = run?.report.steps ?? 0;
  const step = stepOf(run);
  const at = `step ${String(step)} of ${String(steps)}`;
  switch (runPhase) {
    case 'idle':
      return 'Press Train to begin';
    case 'preparing':
      return trainDevice
        ? `Preparing the ${learnsOf(state).from} and the model…`
        : 'Starting the training engine…';
    case 'running':
      return step === 0 ? 'Training: the first step…' : `Training: ${at}`;
    case 'pausing':
      return `Pausing after ${at}…`;
    case 'paused':
      return `Paused at ${at}`;
    case 'finished':
      return `Finished: ${String(steps)} steps`;
    case 'nonfinite':
      return `Stopped at step ${String(step)}: the loss was no longer a finite number. ${lastGood(state)}`;
    case 'diverged':
      return `Stopped at step ${String(step)}: the loss rose far above guessing. ${lastGood(state)}`;
    case 'failed':
      return run
        ? `Training stopped at ${at}; the message above says why`
        : 'Training could not begin; the message above says why';
  }
}

function lastGood(state: Relevant): string {
  const step = lastGoodStep(state);
  return step === null
    ? 'There is no checkpoint yet: begin again with half the learning rate.'
    : `The last good checkpoint is step ${String(step)}.`;
}

/** Updates the DEQ of a run has made; a step that blew up counts, as it is the newest record. */
export const stepOf = (run: Run | null): number => run?.newest.deq?.step ?? run?.report.step ?? 0;

/** The newest checkpoint before the run's newest step; null when there is none. */
export function lastGoodStep({
  run,
  checkpoints,
}: Pick<AppState, 'run' | 'checkpoints'>): number | null {
  const steps = checkpoints
    .filter(({ runId, step }) => runId === run?.id && step < stepOf(run))
    .map(({ step }) => step);
  return steps.length > 0 ? Math.max(...steps) : null;
}

/** What the run on screen, or else the set-up, counts its examples in, and what its data are called. */
export const learnsOf = ({
  run,
  experiment,
}: Pick<AppState, 'run' | 'experiment'>): NonNullable<FamilySettings['learns']> =>
  familyOf((run?.applied ?? experiment).problem.family).learns ?? unlearnt;

/** What validation measures, as a sentence names it: `held-out text`, `the whole picture`. */
export const measuredOf = (state: Pick<AppState, 'run' | 'experiment'>): string => {
  const { measured, from } = learnsOf(state);
  return measured ?? `held-out ${from}`;
};

/** The data of the run on screen, or else what was read for the set-up. */
export const dataOf = ({ run, corpus }: Pick<AppState, 'run' | 'corpus'>): DataReport | null =>
  run?.report.data ?? corpus.report;

const unlearnt = { unit: 'examples', from: 'data' };

const NAME = 'DEQ Playground';

const marks: Readonly<Record<RunPhase, string>> = {
  idle: '',
  preparing: '…',
  running: '▶',
  pausing: '▶',
  paused: '⏸',
  finished: '✓',
  nonfinite: '✕',
  diverged: '✕',
  failed: '✕',
};

/** The document's title: the view, and before it how a run stands, for a visitor who looks at another tab. */
export function titleText({
  run,
  runPhase,
  view,
}: Pick<AppState, 'run' | 'runPhase' | 'view'>): string {
  const mark = marks[runPhase];
  const page = `${viewNames[view]} · ${NAME}`;
  if (mark === '') return page;
  if (!run) return `${mark} ${page}`;
  const { step, loss } = run.newest.deq ?? { step: run.report.step, loss: undefined };
  const share = Math.floor((100 * step) / run.report.steps);
  const parts = [`${mark} ${String(share)} %`, loss?.toFixed(2), page];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Keeps the document's title true; returns the way to stop. */
export function followTitle(store: AppStore, page: { title: string } = document): () => void {
  const write = (text: string): void => {
    page.title = text;
  };
  return store.subscribe(titleText, write, { fireImmediately: true });
}
