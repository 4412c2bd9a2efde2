import { EngineError } from '../../../src/engine/protocol/engineError.ts';
import { MissingPart } from '../../parts/loadPart.ts';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';

/** The fault behind anything thrown; what isn't an engine's fault is a defect of the page. */
export function faultOf(error: unknown): Fault {
  if (error instanceof EngineError) return error.fault;
  // Of an aborted signal.
  if (error instanceof DOMException && error.name === 'AbortError')
    return { kind: 'cancelled', message: error.message };
  // The engine is well: the same button works once the connection is back.
  if (error instanceof MissingPart) {
    const message = `${error.message}: check the connection and try again, or reload the page.`;
    return { kind: 'bad-input', message };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'internal', message, ...(stack === undefined ? {} : { stack }) };
}
