import type { SolverEvent } from '../../src/engine/protocol/protocol.ts';

/** Outline of an event's marker in a box from −5 to 5; the shape tells them apart without colour. */
export const eventShapes: Readonly<Record<SolverEvent, string>> = {
  'window-full': 'M0-6L6 0L0 6L-6 0Z',
  'rank-limit': 'M-5-5H5V5H-5Z',
  'singular-system': 'M-5-5L5 5M5-5L-5 5',
  'vanishing-denominator': 'M0-6V6M-6 0H6',
  'line-search': 'M-6-4H6L0 6Z',
  'line-search-failed': 'M-6-4H6L0 6ZM-6 7H6',
};

/** The marker as a small picture beside its words. */
export function EventMark({ event }: { readonly event: SolverEvent }) {
  return (
    <svg width="14" height="14" viewBox="-8 -8 16 16" aria-hidden>
      <path d={eventShapes[event]} fill="var(--page)" stroke="var(--series-2)" strokeWidth="2" />
    </svg>
  );
}
