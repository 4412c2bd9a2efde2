import type { Fault } from './protocol.ts';

/** A command that failed; `fault` says how, in words for the user. */
export class EngineError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = 'EngineError';
    this.fault = fault;
  }
}
