import type { TrainRecord } from '../train/records.ts';

const everySteps = 200;
const everyMilliseconds = 30_000;
/** The first one comes sooner, so that a reload after a few seconds loses little. */
const firstMilliseconds = 5000;

/** When a run's state is worth keeping: every 200 steps, every 30 s, and at a new best. */
export class CheckpointRhythm {
  #step: number;
  #at = performance.now() - everyMilliseconds + firstMilliseconds;
  #best = Infinity;

  constructor(step: number) {
    this.#step = step;
  }

  /** The step of the newest one kept. */
  get lastSaved(): number {
    return this.#step;
  }

  /** Whether to keep the state that this record describes. */
  isDue({ network, step, validation }: TrainRecord): boolean {
    if (network !== 'deq' || step <= this.#step) return false;
    const best = validation !== undefined && validation < this.#best;
    if (best) this.#best = validation;
    return (
      best || step - this.#step >= everySteps || performance.now() - this.#at >= everyMilliseconds
    );
  }

  saved(step: number): void {
    this.#step = step;
    this.#at = performance.now();
  }
}
