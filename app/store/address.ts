import type { ParsedExperiment } from '../../src/config/experiment.ts';
import { decodeLink, encodeLink } from '../../src/config/link.ts';
import type { AppStore } from './store.ts';

/** Pause before an edit is written: Safari refuses more than a hundred writes in half a minute. */
const SETTLE_MILLISECONDS = 300;

/** The part of the browser the address needs; `window` is one. */
export interface AddressBar {
  readonly location: { readonly hash: string };
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  readonly addEventListener: (type: 'hashchange' | 'popstate', listener: () => void) => void;
  readonly removeEventListener: (type: 'hashchange' | 'popstate', listener: () => void) => void;
}

/**
 * Keeps the address bar and the set-up the same: edits are written (never while a solve runs),
 * a pasted link or the browser's Back is read. A change of preset is a step in the history.
 */
export function syncAddress(
  store: AppStore,
  bar: AddressBar,
  onAdjusted: (adjustments: readonly string[]) => void,
): () => void {
  let shown = bar.location.hash;
  let written = store.getState().experiment;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = async (): Promise<void> => {
    const { experiment, activity } = store.getState();
    if (experiment === written || activity === 'running') return;
    const push = experiment.preset !== written.preset;
    written = experiment;
    const link = await encodeLink(experiment).catch(() => null);
    // Too long for a link: the address keeps the last set-up that fits, and Share says why.
    if (link === null || written !== experiment || link === shown) return;
    shown = link;
    if (push) bar.history.pushState(null, '', link);
    else bar.history.replaceState(null, '', link);
  };
  const unsubscribe = store.subscribe((state) => {
    if (state.experiment === written) return;
    clearTimeout(timer);
    timer = setTimeout(() => void write(), SETTLE_MILLISECONDS);
  });
  const read = async (): Promise<void> => {
    const { hash } = bar.location;
    if (hash === shown) return;
    shown = hash;
    const { experiment, adjustments }: ParsedExperiment = await decodeLink(hash);
    // Back and forth in quick succession: only the newest address counts.
    if (bar.location.hash !== hash) return;
    written = experiment;
    store.getState().open(experiment);
    if (adjustments.length > 0) onAdjusted(adjustments);
  };
  const onChange = (): void => void read();
  bar.addEventListener('hashchange', onChange);
  bar.addEventListener('popstate', onChange);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    bar.removeEventListener('hashchange', onChange);
    bar.removeEventListener('popstate', onChange);
  };
}
