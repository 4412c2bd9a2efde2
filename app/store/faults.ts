import { EngineError } from '../../src/engine/client.ts';
import { MissingPart } from '../parts/loadPart.ts';
import type { Fault } from '../../src/engine/protocol.ts';

/** A second loss within this time is a sign that restarting won't help. */
export const LOSS_WINDOW_MILLISECONDS = 30_000;

/** The fault behind anything thrown; what isn't an engine's fault is a defect of the page. */
export function faultOf(error: unknown): Fault {
  if (error instanceof EngineError) return error.fault;
  // The engine is well: the same button works once the connection is back.
  if (error instanceof MissingPart) {
    const message = `${error.message}: check the connection and try again, or reload the page.`;
    return { kind: 'bad-input', message };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'internal', message, ...(stack === undefined ? {} : { stack }) };
}

/** Whether the engine goes on after it: only the set-up was at fault, so an edit can mend it. */
export const outlives = ({ kind }: Fault): boolean =>
  kind === 'bad-input' || kind === 'out-of-memory';

/** A loss so soon after the last that the page doesn't start again by itself. */
export const lostAgain = (fault: Fault): Fault => ({
  ...fault,
  message: `${fault.message} It was lost twice within half a minute, so it isn’t started again by itself. A smaller width or a shorter text may help.`,
});
