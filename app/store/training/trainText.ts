import type { AppState } from '../state.ts';

type Relevant = Pick<AppState, 'run' | 'runPhase' | 'trainDevice' | 'checkpoints'>;

/** How the run stands, in one plain sentence that follows from the state alone. */
export function trainText(state: Relevant): string {
  const { run, runPhase, trainDevice } = state;
  const steps = run?.report.steps ?? 0;
  const step = run?.newest.deq?.step ?? run?.report.step ?? 0;
  const at = `step ${String(step)} of ${String(steps)}`;
  switch (runPhase) {
    case 'idle':
      return 'Press Train to begin';
    case 'preparing':
      return trainDevice ? 'Preparing the text and the model…' : 'Starting the training engine…';
    case 'running':
      return step === 0 ? 'Training: the first step…' : `Training: ${at}`;
    case 'pausing':
      return `Pausing after ${at}…`;
    case 'paused':
      return `Paused at ${at}`;
    case 'finished':
      return `Finished: ${String(steps)} steps`;
    case 'nonfinite':
      return `Stopped at step ${String(step)}: the loss was no longer a finite number. ${lastGood(state, step)}`;
    case 'diverged':
      return `Stopped at step ${String(step)}: the loss rose far above guessing. ${lastGood(state, step)}`;
    case 'failed':
      return run
        ? `Training stopped at ${at}; the message above says why`
        : 'Training could not begin; the message above says why';
  }
}

function lastGood({ run, checkpoints }: Relevant, step: number): string {
  const steps = checkpoints
    .filter((entry) => entry.runId === run?.id && entry.step < step)
    .map((entry) => entry.step);
  return steps.length > 0
    ? `The last good checkpoint is step ${String(Math.max(...steps))}.`
    : 'There is no checkpoint yet: begin again with half the learning rate.';
}
