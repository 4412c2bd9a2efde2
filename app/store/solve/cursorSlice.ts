import { cursorOn, shownRecords, shownStatus } from './shown.ts';
import type { StoreAccess } from '../state.ts';

/** Where in the record the page looks: one iteration and one position for all its pictures. */
export interface CursorSlice {
  /** The iteration that everything shows, of the solve on screen; null: the newest, as it comes. */
  readonly cursor: number | null;
  /** The position or sample that everything points out; null for none. */
  readonly token: number | null;
  /** Whether what has been recorded is being played again. */
  readonly replaying: boolean;
  /** Shows an iteration, pausing what runs; null or the newest: whatever comes next, too. */
  readonly goTo: (iteration: number | null) => void;
  /** Shows what was so many iterations before. */
  readonly back: (count: number) => void;
  readonly selectToken: (token: number | null) => void;
}

/** Pause between two records of a replay at full speed: each is to be seen. */
const FASTEST_MILLISECONDS = 20;

/** The cursor of all pictures. */
export function createCursorSlice({ get, set }: StoreAccess): CursorSlice {
  const goTo: CursorSlice['goTo'] = (iteration) => {
    if (get().activity === 'running') get().pause();
    const head = shownRecords(get()).length - 1;
    const cursor = iteration === null || iteration >= head ? null : Math.max(0, iteration);
    set({ cursor, replaying: false });
  };
  return {
    cursor: null,
    token: null,
    replaying: false,
    goTo,
    back: (count) => {
      const head = shownRecords(get()).length - 1;
      goTo((cursorOn(get()) ?? head) - count);
    },
    selectToken: (token) => {
      set({ token });
    },
  };
}

/** Plays the record on from the cursor at the chosen speed; at its end `goOn` takes over. */
export function createReplay({ get, set }: StoreAccess, goOn: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = (at: number): void => {
    const { speed } = get();
    const wait = speed === 'max' ? FASTEST_MILLISECONDS : 1000 / speed;
    timer = setTimeout(() => {
      const { replaying, cursor, source } = get();
      // Somebody has moved it, or paused.
      if (!replaying || cursor !== at) return;
      if (at + 2 < shownRecords(get()).length) {
        set({ cursor: at + 1 });
        tick(at + 1);
        return;
      }
      set({ cursor: null, replaying: false });
      if (source === 'live' && shownStatus(get()) === 'running') goOn();
    }, wait);
  };
  return () => {
    const { cursor } = get();
    if (cursor === null) return;
    clearTimeout(timer);
    set({ replaying: true });
    tick(cursor);
  };
}
