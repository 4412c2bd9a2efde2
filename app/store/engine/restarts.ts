/** What becomes of an engine that fails, falls silent or is lost. */
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import type { StoreAccess } from '../state.ts';

/**
 * A second loss within this time is a sign that restarting won't help. A worker that answers nothing is only given up
 * after minutes, so the window of those is longer.
 */
const LOSS_WINDOW_MILLISECONDS = { 'device-lost': 30_000, 'engine-lost': 600_000 };

/** Decides whether an engine that is gone is replaced at once: not for ever, and not a second time soon. */
export function createRestarts(now: () => number): (fault: Fault) => 'restart' | 'again' | 'no' {
  let last = -Infinity;
  return ({ kind }) => {
    if (kind !== 'device-lost' && kind !== 'engine-lost') return 'no';
    if (now() - last <= LOSS_WINDOW_MILLISECONDS[kind]) return 'again';
    last = now();
    return 'restart';
  };
}

/** What a silent engine may be up to. */
const QUIET =
  'The engine has not answered for 20 seconds: it is at one large piece of work, or stuck. If it stays silent for two minutes it is started again.';

/** Says that an engine has been silent for long, and takes that back. */
export function tellQuiet({ get, set }: StoreAccess, quiet: boolean): void {
  if (quiet) set({ notice: QUIET });
  else if (get().notice === QUIET) set({ notice: null });
}

/** Whether the engine goes on after it: only the set-up was at fault, so an edit can mend it. */
export const outlives = ({ kind }: Fault): boolean =>
  kind === 'bad-input' || kind === 'out-of-memory';

/** A loss so soon after the last that the page doesn't start again by itself. */
export const lostAgain = (fault: Fault): Fault => {
  const soon = fault.kind === 'device-lost' ? 'half a minute' : 'ten minutes';
  return {
    ...fault,
    message: `${fault.message} It was lost twice within ${soon}, so it won’t restart on its own. A smaller width or a shorter text may help.`,
  };
};
