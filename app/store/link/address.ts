import '../../families/whole.ts';
import { shallow } from 'zustand/shallow';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { Lesson } from '../../../src/schema/lessons.ts';
import {
  encodeLink,
  type LinkFrame,
  type ParsedLink,
  type View,
} from '../../../src/schema/link.ts';
import { loadPart } from '../../parts/loadPart.ts';
import { beforeLeaving } from '../page/leaving.ts';
import { unsay } from '../../ui/say.ts';
import { LINK_NOTE, linkUnread } from './keepAddress.ts';
import { openLink, readLink } from './openLink.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';

/** Pause before an edit is written: Safari refuses more than a hundred writes in half a minute. */
const SETTLE_MILLISECONDS = 300;

/** The part of the browser the address needs; `window` is one. */
export interface AddressBar {
  readonly location: { hash: string };
  readonly history: Pick<History, 'pushState' | 'replaceState' | 'state'>;
  readonly addEventListener: (type: 'hashchange' | 'popstate', listener: () => void) => void;
  readonly removeEventListener: (type: 'hashchange' | 'popstate', listener: () => void) => void;
}

/** Marks entries of the browser's history that the visitor has been at: going back to them asks nothing. */
const OURS = 'deq';

/** Whether a link from outside may take the place of what is here. */
const mayOpen = (store: AppStore, link: ParsedLink): Promise<boolean> =>
  loadPart(() => import('./askFirst.ts')).then(
    ({ askFirst }) => askFirst(store, link),
    // Nothing that it takes the place of is gone for good.
    () => true,
  );

/** What an address stands for. */
interface Place extends Required<LinkFrame> {
  readonly experiment: Experiment;
  readonly view: View;
  readonly lesson: Lesson;
}

const placeOf = ({ experiment, view, lesson, hidden, embed }: AppState): Place => ({
  experiment,
  view,
  lesson,
  hidden,
  embed,
});
const samePage = (a: Place, b: Place): boolean => a.view === b.view && a.lesson === b.lesson;
const same = (a: Place, b: Place): boolean =>
  a.experiment === b.experiment && samePage(a, b) && a.hidden === b.hidden && a.embed === b.embed;

/** A link has been read: what was said of the one before is over. */
const linkRead = (): void => {
  unsay(LINK_NOTE);
};

/**
 * Keeps the address bar and the page the same: edits are written (never while a solve runs; a
 * training run doesn't mind), a pasted link or the browser's Back is read. A change of preset or
 * of view is a step in the history. A link that `reader` can't read for want of a part stays in the history, and is read when asked again. `opened` is what the page began with, where it has been on screen before this is called.
 */
export function syncAddress(
  store: AppStore,
  bar: AddressBar,
  onAdjusted: (adjustments: readonly string[]) => void,
  opened: { readonly hash: string; readonly state: AppState } = {
    hash: bar.location.hash,
    state: store.getState(),
  },
  reader = { readLink, unread: linkUnread, read: linkRead },
): () => void {
  let shown = opened.hash;
  let written = placeOf(opened.state);
  /** What waits to be written, so that each edit puts it off only once. */
  let waiting = written;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writtenAt = -Infinity;
  let reads = 0;
  /** A link that could not be read stands in the address. */
  let unread = false;

  const write = async (leaving = false): Promise<void> => {
    const state = store.getState();
    const place = placeOf(state);
    if (same(place, written)) return;
    // Edits wait for the run to end; a view that was left must be there to go back to.
    if (!leaving && state.activity === 'running' && samePage(place, written)) return;
    const push =
      unread || !samePage(place, written) || place.experiment.preset !== written.experiment.preset;
    written = place;
    writtenAt = performance.now();
    const { experiment, ...options } = place;
    const link = await encodeLink(experiment, options).catch(() => null);
    // Too long for a link: the address keeps the last set-up that fits, and Share says why.
    if (link === null || written !== place || link === shown) return;
    shown = link;
    unread = false;
    if (push) bar.history.pushState(OURS, '', link);
    else bar.history.replaceState(OURS, '', link);
  };
  const unsubscribe = store.subscribe(
    (state) => ({ ...placeOf(state), running: state.activity === 'running' }),
    ({ running, ...place }, before) => {
      if (same(place, written)) return;
      const rested = !running && before.running;
      if (same(place, waiting) && !rested) return;
      waiting = place;
      clearTimeout(timer);
      // A lone edit, or a view that is left with a click: nothing more is to be waited for.
      const lone = performance.now() - writtenAt > SETTLE_MILLISECONDS;
      writtenAt = performance.now();
      timer = setTimeout(
        () => void write(),
        lone || !samePage(place, written) ? 0 : SETTLE_MILLISECONDS,
      );
    },
    { equalityFn: shallow },
  );
  const forget = beforeLeaving(() => {
    clearTimeout(timer);
    void write(true);
  });
  const read = async (): Promise<void> => {
    const { hash } = bar.location;
    if (hash === shown) return;
    const before = shown;
    const ours = bar.history.state === OURS;
    const mine = ++reads;
    shown = hash;
    let link: ParsedLink;
    try {
      link = await reader.readLink(hash, store.getState().ownWeights);
    } catch {
      // A part of what reads it is missing. What is written next doesn't take its place.
      unread = true;
      reader.unread(() => {
        if (shown === hash) shown = before;
        if (bar.location.hash === hash) onChange();
        else bar.location.hash = hash;
      });
      return;
    }
    unread = false;
    reader.read();
    // Back and forth in quick succession: only the newest address counts.
    if (bar.location.hash !== hash) return;
    if (!ours) {
      const opens = await mayOpen(store, link);
      if (mine !== reads) return;
      // An edit may have been written meanwhile, over the link or over what stood there before it.
      const stays = opens ? hash : shown === hash ? before : shown;
      bar.history.replaceState(OURS, '', stays === bar.location.hash ? undefined : stays || '#');
      shown = stays;
      if (!opens) {
        void write();
        return;
      }
    }
    const { experiment, view, lesson, hidden = [], embed = false } = link;
    written = { experiment, view, lesson, hidden, embed };
    waiting = written;
    await openLink(store, { ...link, hidden, embed }, onAdjusted);
  };
  const onChange = (): void => void read();
  bar.addEventListener('hashchange', onChange);
  bar.addEventListener('popstate', onChange);
  if (bar.location.hash === shown) {
    bar.history.replaceState(OURS, '');
    void write();
  } else {
    // Another address came meanwhile: it is from outside, and nothing is written over it.
    onChange();
  }
  return () => {
    clearTimeout(timer);
    forget();
    unsubscribe();
    bar.removeEventListener('hashchange', onChange);
    bar.removeEventListener('popstate', onChange);
  };
}
