/** Asks before a link takes the place of work that is not in it. */
import { createStore } from 'zustand/vanilla';
import { isDrawn } from '../../../src/schema/agree.ts';
import { presetExperiment, settingAt } from '../../../src/schema/experiment.ts';
import { fieldPaths } from '../../../src/schema/fields.ts';
import type { ParsedLink } from '../../../src/schema/link.ts';
import { formatCharacters, formatCount } from '../../format.ts';
import { say } from '../../ui/say.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import { stepOf } from '../train/trainText.ts';
import { isBusy } from '../train/types.ts';
import { wayBack } from './wayBack.ts';

/** The question that is open. */
export interface Asked {
  /** What the link would take the place of, a sentence each. */
  readonly losses: readonly string[];
  /** Opens the link, or leaves the page as it is. */
  readonly answer: (open: boolean) => void;
}

/** What is asked, for the dialog; null while nothing is. */
export const question = createStore<{ readonly asked: Asked | null }>(() => ({ asked: null }));

/** What a link would take the place of; nothing where all of it is in the link, or here as it was. */
export function lossesTo(state: AppState, link: ParsedLink): readonly string[] {
  const { experiment, run, runPhase, checkpoints, corpus } = state;
  const losses: string[] = [];
  const drawn = fieldPaths.some((path) => {
    const value = settingAt(experiment, path);
    return (
      isDrawn(experiment, path) &&
      value !== settingAt(presetExperiment(experiment.preset), path) &&
      value !== settingAt(link.experiment, path)
    );
  });
  if (drawn) losses.push('Your drawing leaves the page.');
  const { own } = corpus;
  if (link.text !== undefined && own !== '' && own !== link.text) {
    losses.push(
      `The link brings a training text: yours, ${formatCharacters(own)}, is set aside for it.`,
    );
  }
  const step = stepOf(run);
  const kept = checkpoints.some((one) => one.runId === run?.id && one.step >= step);
  if (runPhase === 'preparing') {
    losses.push('A training is being prepared. It goes on, with its own settings.');
  } else if (run && (isBusy(runPhase) || (step > 0 && !kept))) {
    const at = `step ${formatCount(step)} of ${formatCount(run.report.steps)}`;
    losses.push(
      isBusy(runPhase)
        ? `A training is running, at ${at}. It goes on with its own settings, and what it has learnt so far is kept as a checkpoint.`
        : `A training rests at ${at}, which is kept as a checkpoint now. Its settings leave the page.`,
    );
  }
  return losses;
}

/**
 * Whether a link may be opened: at once where there is nothing to lose, else by what the visitor says. What there is of
 * a training is kept then, and a toast offers the way back.
 */
export async function askFirst(store: AppStore, link: ParsedLink): Promise<boolean> {
  // What is kept from other visits counts too, once it is there.
  if (link.text !== undefined) await store.getState().ownTextLoaded();
  const { embed, openLayer } = store.getState();
  const losses = lossesTo(store.getState(), link);
  // A frame in somebody else's page is a picture: nothing in it is work.
  if (losses.length === 0 || embed) return true;
  question.getState().asked?.answer(false);
  const open = await new Promise<boolean>((resolve) => {
    const answer = (opens: boolean): void => {
      // At once, so that the next question is not taken for this one.
      question.setState({ asked: null });
      openLayer(null);
      resolve(opens);
    };
    question.setState({ asked: { losses, answer } });
    openLayer('link');
  });
  if (!open) return false;
  const { run, keepRun } = store.getState();
  if (run) void keepRun();
  const goBack = wayBack(store);
  say('info', 'The link is open', {
    id: 'link-opened',
    duration: 60_000,
    action: { label: 'Undo', onClick: goBack },
  });
  return true;
}
