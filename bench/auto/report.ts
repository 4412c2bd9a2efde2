import type { Timing, Work } from '../../app/store/engine/backends.ts';
import type { Trial } from '../../app/store/engine/timeBoth.ts';

/** One trial, and what it did to the page. */
export interface AutoTrial extends Trial {
  /** Milliseconds of the longest time that the page could not do anything else. */
  readonly blocked: number;
}

/** One shape of work. */
export interface AutoRow {
  readonly name: string;
  readonly work: Work;
  /** Milliseconds of an iteration, or of a step of training, by the longer measurement. */
  readonly truth: Timing;
  readonly trials: readonly AutoTrial[];
  /** Of each trial, whether the backend it chooses is at most a twentieth slower than the other one. */
  readonly right: readonly boolean[];
}

/** All shapes. */
export interface AutoReport {
  readonly rows: readonly AutoRow[];
}
