import type { AppStore } from '../store.ts';
import { stepOf } from '../train/trainText.ts';
import { isBusy } from '../train/types.ts';

/**
 * A way back to how the page stands now, set-up, weights, training text, view and frame: what a link or a file takes the
 * place of. A training that made way for another since comes back from where it was kept; what else has been computed
 * since is not undone.
 */
export function wayBack(store: AppStore): () => void {
  const { experiment, ownWeights, corpus, view, lesson, hidden, embed, run, runPhase } =
    store.getState();
  return () => {
    const now = store.getState();
    if (now.activity === 'running') now.pause();
    // Before the set-up, since a text chooses itself as what is learnt from.
    if (corpus.own !== '' && now.corpus.own !== corpus.own) now.setTrainingText(corpus.own, true);
    const otherWeights = ownWeights !== null && ownWeights !== now.ownWeights;
    if (otherWeights) store.setState({ ownWeights });
    (otherWeights ? now.openModel : now.open)(experiment, true);
    if (run && stepOf(run) > 0 && store.getState().run?.id !== run.id)
      now.bringBackRun(run.id, !isBusy(runPhase) && runPhase !== 'finished');
    now.setFrame({ hidden, embed });
    if (view === 'learn') now.showLesson(lesson);
    else now.showView(view);
  };
}
