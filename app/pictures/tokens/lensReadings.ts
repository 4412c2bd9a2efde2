import type { Candidate, Observation } from '../../../src/families/observation.ts';
import { plural } from '../../format.ts';

/** What one position's state says comes next, most probable first. */
export type Reading = readonly Candidate[];

/** Predictions by iteration, then by position. */
export type Lens = readonly (readonly Reading[])[];

/** The predictions among what was observed, iteration by iteration; empty where there are none. */
export const lensOf = (observed: readonly (readonly Observation[])[]): Lens =>
  observed.map((all) => all.find((one) => one.kind === 'tokens')?.positions ?? []);

/** The most probable token of a reading; undefined where there is none. */
const topOf = (reading: Reading | undefined): string | undefined => reading?.[0]?.text;

/**
 * For each position the first iteration from which its most probable token is the one of the
 * newest iteration, and stays so.
 */
export function knewAt(lens: Lens): number[] {
  const last = lens.at(-1) ?? [];
  return last.map((reading, position) => {
    let iteration = lens.length - 1;
    while (iteration > 0 && topOf(lens[iteration - 1]?.[position]) === topOf(reading)) iteration--;
    return iteration;
  });
}

/** The iteration by which at least half of the positions knew; 0 for none. */
export function halfKnew(known: readonly number[]): number {
  const sorted = [...known].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
}

/** When the model knew, in one sentence; `done` when the solve has ended. */
export function lensSentence(lens: Lens, done: boolean): string {
  const known = knewAt(lens);
  const half = halfKnew(known);
  const last = lens.length - 1;
  if (last < 1) return 'What each position predicts at z₀; step on to see the predictions settle.';
  const positions = plural(known.length, 'position');
  return done
    ? `Half of the ${positions} knew their final prediction by iteration ${half}; the solve took ${last}.`
    : `Half of the ${positions} have kept their prediction since iteration ${half}; the solve is at ${last}.`;
}
