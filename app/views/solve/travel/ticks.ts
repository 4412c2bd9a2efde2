import { solverEvents } from '../../../../src/numerics/settingsOf.ts';
import { worst, type Measure } from '../../../charts/series.ts';
import type { IterationRecord, SolverEvent } from '../../../../src/engine/protocol/protocol.ts';
import { formatPower } from '../../../format.ts';

/** Something on the way that is worth going back to. */
export interface Tick {
  readonly iteration: number;
  /** Stands below the track where there is room. */
  readonly word: string;
  /** What happened there, for the tooltip. */
  readonly what: string;
  readonly event?: SolverEvent;
  readonly bad?: boolean;
}

/** Events, milestones and the end of a solve, in the order they happened. */
export function ticksOf(
  records: readonly IterationRecord[],
  measure: Measure,
  tolerance: number,
  /** Whether one residual is all samples'. */
  together = false,
): Tick[] {
  const ticks: Tick[] = [];
  const note = (index: number, tick: Omit<Tick, 'iteration'>): void => {
    if (index >= 0) ticks.push({ iteration: index, ...tick });
  };
  records.forEach(({ event }, index) => {
    if (!event) return;
    const { short, words } = solverEvents[event];
    if (short !== null) note(index, { word: short, what: words, event });
  });
  const samples = records[0]?.[measure].length ?? 1;
  const many = samples > 1 && !together;
  const limit = formatPower(tolerance);
  for (const share of many ? [0.5, 0.9] : []) {
    const percent = `${String(100 * share)} %`;
    note(
      records.findIndex((record) => below(record[measure], tolerance) >= share * samples),
      { word: percent, what: `${percent} of the samples are below ${limit}` },
    );
  }
  note(
    records.findIndex((record) => below(record[measure], tolerance) === samples),
    {
      word: 'tol',
      what: many ? `All samples are below ${limit}` : `The residual is below ${limit}`,
    },
  );
  note(
    records.findIndex((record) => !Number.isFinite(worst(record[measure]))),
    { word: 'NaN', what: 'The residual is no longer a finite number', bad: true },
  );
  return ticks.sort((a, b) => a.iteration - b.iteration);
}

/** Which ticks have room for their word, given where they stand in pixels. */
export function withRoom(places: readonly number[], room: number): boolean[] {
  let last = -Infinity;
  return places.map((place) => {
    const fits = place - last >= room;
    if (fits) last = place;
    return fits;
  });
}

const below = (values: readonly number[], tolerance: number): number =>
  values.filter((value) => value < tolerance).length;
