import type { EngineEvent, IterationRecord, MemorySample, SolveStatus } from './protocol.ts';

/** Milliseconds between two batches: ten a second is as fast as charts are drawn. */
const interval = 100;

/** Collects a solve's records and sends them in batches. */
export class Outbox {
  readonly #emit: (event: EngineEvent) => void;
  readonly #sample: () => MemorySample;
  #records: IterationRecord[] = [];
  #status: SolveStatus = 'running';
  #sent = -Infinity;

  constructor(emit: (event: EngineEvent) => void, sample: () => MemorySample) {
    this.#emit = emit;
    this.#sample = sample;
  }

  /** Take a record of solve number `solve`, and send what has gathered if it is time. */
  add(solve: number, record: IterationRecord): void {
    this.#records.push(record);
    this.#status = record.status;
    if (performance.now() - this.#sent >= interval) this.flush(solve);
  }

  /** Send what has gathered. */
  flush(solve: number): void {
    if (this.#records.length === 0) return;
    const records = this.#records;
    this.#records = [];
    this.#sent = performance.now();
    this.#emit({ event: 'records', solve, records, status: this.#status, memory: this.#sample() });
  }
}
