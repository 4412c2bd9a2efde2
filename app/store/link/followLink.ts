/** What a link asks beyond its set-up and its frame: most links ask nothing, so this is loaded when one does. */
import type { DecodedLink } from '../../../src/schema/link.ts';
import { decodeOutcome } from '../../../src/schema/outcome.ts';
import { say } from '../../ui/say.ts';
import type { AppStore } from '../store.ts';
import { watchOutcome, type Compared } from './compareOutcomes.ts';
import { showIteration } from './linkedIteration.ts';

/** Said of a link whose text stayed with its sender. */
const FOREIGN_TEXT =
  'The sender’s training text is not in this link: paste a text, or choose another corpus.';

/** Said of a link that brought a text to somebody who has one. */
const TEXT_SET_ASIDE =
  'This link brought a training text. Your own is set aside: “Bring it back” stands below the text.';

/** Takes the text a link brings; returns all there is to say of the link, a missing text included. */
async function takeLinkText(
  store: AppStore,
  { experiment, adjustments, text }: DecodedLink,
): Promise<readonly string[]> {
  if (text !== undefined) {
    const own = await store.getState().ownTextLoaded();
    store.getState().setTrainingText(text, true);
    const { problem, own: taken } = store.getState().corpus;
    if (problem !== null) return [...adjustments, problem];
    return own === '' || own === taken ? adjustments : [...adjustments, TEXT_SET_ASIDE];
  }
  if (experiment.data.source !== 'own') return adjustments;
  const own = await store.getState().ownTextLoaded();
  return own === '' ? [...adjustments, FOREIGN_TEXT] : adjustments;
}

/** Says how the sender's outcome compares; a frame in another page only where they differ. */
function tellOutcome(store: AppStore, { same, words }: Compared): void {
  const options = { id: 'link-outcome', description: words };
  if (!same) say('info', 'Not the sender’s outcome', { ...options, duration: 30_000 });
  else if (!store.getState().embed) say('success', 'The same outcome as the sender’s', options);
}

/** Does it. Rejects where the page could not. */
export async function follow(
  store: AppStore,
  link: DecodedLink,
  onAdjusted: (adjustments: readonly string[]) => void,
): Promise<void> {
  const { experiment } = store.getState();
  const adjustments = await takeLinkText(store, link);
  if (adjustments.length > link.adjustments.length) onAdjusted(adjustments);
  const seen = link.outcome === undefined ? null : decodeOutcome(link.outcome);
  // Of a link that was adjusted another set-up than the sender's has been opened.
  if (seen && adjustments.length === 0)
    watchOutcome(store, experiment, seen, (compared) => {
      tellOutcome(store, compared);
    });
  if (link.iteration === undefined) return;
  const shortfall = await showIteration(store, experiment, link.iteration);
  if (shortfall !== null) onAdjusted([...adjustments, shortfall]);
}
