/** A kept run back on the page: its settings, and of a training its newest state. */
import { weightsOf, withRandomWeights } from '../../../src/schema/weights.ts';
import type { RunHead } from '../../../src/runs/run.ts';
import { fitsWeights } from '../config/weights.ts';
import { sha256 } from './hash.ts';
import type { AppStore } from '../store.ts';
import { isBusy } from '../train/types.ts';

/** What could not be had as it was, in words; null where all of it is there. */
export type Shown = string | null;

const OTHER_WEIGHTS =
  'The weights it had were your own, and runs hold none: the weights are random now. Open their file to solve with them again.';

/** Puts the run's settings into the rail, as one change that can be undone. */
export async function applyRun(store: AppStore, { experiment, input }: RunHead): Promise<Shown> {
  const { ownWeights, ownModel, open } = store.getState();
  if (weightsOf(experiment) !== 'trained') {
    open(experiment);
    return null;
  }
  const file = ownModel();
  const same =
    file !== null &&
    input.weights.hash !== undefined &&
    (await sha256(file)) === input.weights.hash;
  const fits = fitsWeights(experiment, ownWeights) && same;
  open(fits ? experiment : withRandomWeights(experiment));
  return fits ? null : OTHER_WEIGHTS;
}

/** Opens the run in its view: a solve's settings, a training's newest checkpoint where one is kept, paused. */
export async function showRun(store: AppStore, head: RunHead): Promise<Shown> {
  const { showView, checkpoints, run, runPhase, resume } = store.getState();
  if (head.kind === 'solve') {
    showView('solve');
    return applyRun(store, head);
  }
  showView('train');
  if (run && run.id === head.training) return null;
  const checkpoint = checkpoints.find(({ runId }) => runId === head.training);
  if (!checkpoint) {
    const shown = await applyRun(store, head);
    return shown ?? 'None of its checkpoints is kept any more: these are its settings.';
  }
  if (isBusy(runPhase)) {
    return 'Another training is running. Pause it, then show this one.';
  }
  resume(checkpoint.id);
  pauseOnceOpen(store);
  return null;
}

/** What is shown is to be looked at: it goes on when the visitor says so. */
function pauseOnceOpen(store: AppStore): void {
  const end = store.subscribe(
    ({ runPhase }) => runPhase,
    (phase) => {
      if (phase === 'preparing') store.getState().pauseTraining();
      else end();
    },
  );
}
