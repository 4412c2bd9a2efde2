/** The one schedule of training: what happens between two of its steps, and after which of them. */
import type { TrainRecord } from './records.ts';

/** Steps from one time to the next; 0 for never. */
export interface Rhythm {
  /** Updates in all: held-out loss is measured after the last one, whatever its rhythm. */
  readonly steps: number;
  readonly validateEvery: number;
  readonly spectrumEvery: number;
  readonly samplesEvery: number;
}

/** What an update is followed by. */
export interface Due {
  /** Loss and metrics of what is held out, and the task's picture of the network, where somebody looks at it. */
  readonly validation: boolean;
  /** The spectral radius at the fixed point of the step's own batch. */
  readonly spectrum: boolean;
  /** A sample, which the page asks for. */
  readonly sample: boolean;
}

/** What is due after so many updates; all of it is of the same weights, before the next step is begun. */
export function dueAfter(
  step: number,
  rhythm: Omit<Rhythm, 'samplesEvery'> & Partial<Rhythm>,
): Due {
  const at = (every: number): boolean => every > 0 && step > 0 && step % every === 0;
  return {
    validation: at(rhythm.validateEvery) || step === rhythm.steps,
    spectrum: at(rhythm.spectrumEvery),
    sample: at(rhythm.samplesEvery ?? 0),
  };
}

/** The first step after `step` that a sample is due at; infinite where none ever is. */
export const nextSample = (step: number, { samplesEvery }: Pick<Rhythm, 'samplesEvery'>): number =>
  samplesEvery > 0 ? step + samplesEvery - (step % samplesEvery) : Infinity;

const everySteps = 200;
const everyMilliseconds = 30_000;
/** The first one comes sooner, so that a reload after a few seconds loses little. */
const firstMilliseconds = 5000;

/** When a run's state is worth keeping: every 200 steps, every 30 s, and at a new best held-out loss. */
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
