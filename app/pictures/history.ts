import type { Observation } from '../../src/families/observation.ts';

/** What was observed, iteration by iteration; iterations that said nothing are empty. */
export type Readings = readonly (readonly Observation[])[];

/** One observation through the iterations. */
export interface Series<O extends Observation = Observation> {
  readonly key: string;
  readonly shown: O;
  /** Up to the iteration shown. */
  readonly history: readonly (O | undefined)[];
  /** At every iteration, those after it too. */
  readonly film: readonly (O | undefined)[];
}

const keyOf = ({ kind, name }: Observation): string => `${kind} ${name}`;

/** Observations of one sample: pictures are of a sample each, everything else of the whole batch. */
const ofSample = (observed: readonly Observation[], sample: number): readonly Observation[] =>
  observed.filter((one) => one.kind !== 'image' || one.sample === sample);

/** The newest iteration at or before `k` that said something; −1 where there is none. */
export function readingAt(readings: Readings, k = Infinity): number {
  let at = Math.min(k, readings.length - 1);
  while (at >= 0 && (readings[at]?.length ?? 0) === 0) at--;
  return at;
}

/** What iteration `at` says of a sample, each observation with those of its kind and name before it. */
export function seriesAt(readings: Readings, at: number, sample: number): Series[] {
  const all = readings.map(
    (observed) => new Map(ofSample(observed, sample).map((one) => [keyOf(one), one])),
  );
  const shown = all[at];
  return shown
    ? Array.from(shown, ([key, one]) => {
        const film = all.map((observed) => observed.get(key));
        return { key, shown: one, history: film.slice(0, at + 1), film };
      })
    : [];
}
