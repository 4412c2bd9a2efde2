import { BadInputError } from '../data/badInput.ts';
import type { Fault, FaultKind } from './protocol/protocol.ts';

/** A failure the engine foresaw: its message says what happened and what to do. */
export class EngineFault extends Error {
  readonly kind: FaultKind;
  constructor(kind: FaultKind, message: string) {
    super(message);
    this.name = 'EngineFault';
    this.kind = kind;
  }
}

/** Any error as plain data for the page. */
export function toFault(error: unknown): Fault {
  if (!(error instanceof Error)) return { kind: 'internal', message: String(error) };
  const kind = error instanceof EngineFault ? error.kind : kindOf(error);
  return { kind, message: error.message, ...(error.stack ? { stack: error.stack } : {}) };
}

/** What a browser or tfjs error means to us. */
function kindOf(error: Error): FaultKind {
  if (error instanceof BadInputError) return 'bad-input';
  const { name, message } = error;
  if (name === 'AbortError') return 'cancelled';
  // A lost device shows first at the next read-back, which rejects.
  if (/device (was|is) lost|device lost|external instance reference/i.test(message))
    return 'device-lost';
  if (/out of memory|allocation failed/i.test(message)) return 'out-of-memory';
  return 'internal';
}
