import { solverEvents } from '../../src/numerics/settingsOf.ts';
import type { SolverEvent } from '../../src/engine/protocol/protocol.ts';

/** The marker as a small picture beside its words. */
export function EventMark({ event }: { readonly event: SolverEvent }) {
  return (
    <svg width="14" height="14" viewBox="-8 -8 16 16" aria-hidden>
      <path
        d={solverEvents[event].mark}
        fill="var(--page)"
        stroke="var(--series-2)"
        strokeWidth="2"
      />
    </svg>
  );
}
