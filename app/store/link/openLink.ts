import '../../families/whole.ts';
import { weightsOf, withRandomWeights } from '../../../src/schema/weights.ts';
import { presetExperiment, type Experiment } from '../../../src/schema/experiment.ts';
import { hasAnotherPicture } from '../../../src/schema/pictures.ts';
import { parseLink, type DecodedLink, type ParsedLink } from '../../../src/schema/link.ts';
import { loadPart } from '../../parts/loadPart.ts';
import { faultOf } from '../engine/faults.ts';
import type { AppStore } from '../store.ts';
import { fitsWeights, FOREIGN_WEIGHTS } from '../config/weights.ts';

/**
 * Reads the fragment of an address, with random weights in place of its sender's, which are not in it. `own` is what
 * the weights on this page, if there are any, were trained in: where they fit, they are meant.
 */
export async function readLink(fragment: string, own: Experiment | null): Promise<ParsedLink> {
  const parsed = await parseLink(fragment);
  const link = hasAnotherPicture(parsed.experiment, presetExperiment(parsed.experiment.preset))
    ? (await loadPart(() => import('../config/keptPictures.ts'))).withItsPictures(parsed)
    : parsed;
  const { experiment } = link;
  if (weightsOf(experiment) !== 'trained' || fitsWeights(experiment, own)) return link;
  return {
    ...link,
    experiment: withRandomWeights(experiment),
    adjustments: [...link.adjustments, FOREIGN_WEIGHTS],
  };
}

/** Takes the page to where a link leads. `onAdjusted` gets all there is to say of it, again when more is known. */
export async function openLink(
  store: AppStore,
  link: ParsedLink,
  onAdjusted: (adjustments: readonly string[]) => void,
): Promise<void> {
  const { open, setFrame, showLesson, showView } = store.getState();
  open(link.experiment);
  setFrame(link);
  if (link.view === 'learn') showLesson(link.lesson);
  else showView(link.view);
  await followLink(store, link, onAdjusted);
}

/**
 * Does what a link asks beyond its set-up and its frame, once those are in the store: takes its text, shows its
 * iteration, watches for its outcome. `onAdjusted` gets all there is to say of the link, again when more is known.
 */
export async function followLink(
  store: AppStore,
  link: DecodedLink,
  onAdjusted: (adjustments: readonly string[]) => void,
): Promise<void> {
  const { adjustments, text, iteration, outcome, experiment } = link;
  if (adjustments.length > 0) onAdjusted(adjustments);
  if ((text ?? iteration ?? outcome) === undefined && experiment.data.source !== 'own') return;
  try {
    const { follow } = await loadPart(() => import('./followLink.ts'));
    await follow(store, link, onAdjusted);
  } catch (error) {
    onAdjusted([
      ...adjustments,
      `What this link has beside its settings could not be opened (${faultOf(error).message}). Reload the page.`,
    ]);
  }
}
