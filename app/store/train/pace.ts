import type { TrainRecord } from '../../../src/engine/protocol/protocol.ts';
import { median } from '../../charts/series.ts';
import type { TrainSeries } from './series.ts';

/** How fast a run goes. */
export interface Pace {
  /** In the task's unit. */
  readonly examplesPerSecond: number;
  readonly millisecondsPerStep: number;
}

/** Steps the median is taken over. */
const WINDOW = 20;
/** The first steps on an engine compile its pipelines, which says nothing about the others. */
const WARM_UP = 3;

/**
 * Median pace of the newest steps that were made after step `since`, where this engine took the
 * run up; null before the warm-up is over. A step of a twin run is one of each network.
 */
export function paceOf(series: TrainSeries, since: number): Pace | null {
  const { deq, twin } = { deq: series.of('deq'), twin: series.of('twin') };
  const steps = newestSteps(deq, since + WARM_UP);
  if (steps.length === 0) return null;
  const other = new Map(
    newestSteps(twin, since + WARM_UP).map(({ step, milliseconds }) => [step, milliseconds]),
  );
  const times = steps.map(({ step, milliseconds }) => milliseconds + (other.get(step) ?? 0));
  const first = deq.at(-steps.length - 1);
  const last = deq.at(-1);
  if (!first || !last) return null;
  const examples = (last.examples - first.examples) / (last.step - first.step);
  const millisecondsPerStep = Math.max(median(times), 1e-3);
  return { examplesPerSecond: (1000 * examples) / millisecondsPerStep, millisecondsPerStep };
}

/** Steps after which a time to the end is worth saying. */
const STEPS_FOR_ETA = 10;

/** Seconds to the end at that pace; null until ten steps are known. */
export function secondsLeft(
  pace: Pace | null,
  { step, steps, since }: { readonly step: number; readonly steps: number; readonly since: number },
): number | null {
  if (!pace || step - since < STEPS_FOR_ETA) return null;
  return (Math.max(0, steps - step) * pace.millisecondsPerStep) / 1000;
}

const newestSteps = (records: readonly TrainRecord[], after: number): readonly TrainRecord[] =>
  records.slice(-WINDOW).filter(({ step }) => step > after);
