import type { EngineEvent, MemorySample, TrainRecord } from './protocol.ts';

/** Milliseconds between two batches. */
const interval = 100;

/** Collects training records and sends them in batches, at most ten a second. */
export class RecordOutbox {
  readonly #emit: (event: EngineEvent) => void;
  readonly #sample: () => MemorySample;
  #records: TrainRecord[] = [];
  #sent = -Infinity;

  constructor(emit: (event: EngineEvent) => void, sample: () => MemorySample) {
    this.#emit = emit;
    this.#sample = sample;
  }

  add(record: TrainRecord): void {
    this.#records.push(record);
    if (performance.now() - this.#sent >= interval) this.flush();
  }

  flush(): void {
    if (this.#records.length === 0) return;
    const records = this.#records;
    this.#records = [];
    this.#sent = performance.now();
    this.#emit({ event: 'trained', records, memory: this.#sample() });
  }
}
