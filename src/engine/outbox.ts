import type { EngineEvent, IterationRecord, MemorySample } from './protocol.ts';
import type { Solving } from './solving.ts';

/** Milliseconds between two batches: ten a second is as fast as charts are drawn. */
const interval = 100;

/** Collects a solve's records and sends them in batches. */
export class Outbox {
  readonly #emit: (event: EngineEvent) => void;
  readonly #sample: () => MemorySample;
  #records: IterationRecord[] = [];
  #sent = -Infinity;

  constructor(emit: (event: EngineEvent) => void, sample: () => MemorySample) {
    this.#emit = emit;
    this.#sample = sample;
  }

  /** Take a record of a solve, and send what has gathered if it is time. */
  add(solving: Solving, record: IterationRecord): void {
    this.#records.push(record);
    if (performance.now() - this.#sent >= interval) this.flush(solving);
  }

  /** Send what has gathered of that solve. */
  flush({ id, phase, status }: Solving): void {
    if (this.#records.length === 0) return;
    const records = this.#records;
    this.#records = [];
    this.#sent = performance.now();
    this.#emit({ event: 'records', phase, solve: id, records, status, memory: this.#sample() });
  }
}
