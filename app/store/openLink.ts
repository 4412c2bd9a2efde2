import type { Experiment } from '../../src/config/experiment.ts';
import type { ParsedLink } from '../../src/config/link.ts';
import type { AppStore } from './store.ts';
import { fitsWeights, FOREIGN_TEXT, FOREIGN_WEIGHTS, withRandomWeights } from './weights.ts';

/**
 * The link with random weights in place of its sender's, which are not in it. `own` is what the
 * weights on this page, if there are any, were trained in: where they fit, they are meant.
 */
export function withoutForeignWeights(link: ParsedLink, own: Experiment | null): ParsedLink {
  const { experiment } = link;
  if (experiment.cell.weights !== 'trained' || fitsWeights(experiment, own)) return link;
  return {
    ...link,
    experiment: withRandomWeights(experiment),
    adjustments: [...link.adjustments, FOREIGN_WEIGHTS],
  };
}

/** Takes the text a link brings; returns all there is to say of the link, a missing text included. */
export async function takeLinkText(
  store: AppStore,
  { experiment, adjustments, text }: ParsedLink,
): Promise<readonly string[]> {
  if (text !== undefined) {
    store.getState().setTrainingText(text);
    const { problem } = store.getState().corpus;
    return problem === null ? adjustments : [...adjustments, problem];
  }
  if (experiment.data.source !== 'own') return adjustments;
  const own = await store.getState().ownTextLoaded();
  return own === '' ? [...adjustments, FOREIGN_TEXT] : adjustments;
}
