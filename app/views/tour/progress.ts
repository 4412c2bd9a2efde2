import { readStored, writeStored } from '../../stored.ts';
import { steps } from './steps.ts';

const KEY = 'deq-tour';

/** The step at which the tour was left, or 0. Storage may be blocked, and hold anything. */
export function savedStep(): number {
  const step = Number(readStored(KEY));
  return Number.isInteger(step) && step > 0 && step < steps.length ? step : 0;
}

/** Remembers the step, or forgets it where the tour is over. */
export function saveStep(step: number): void {
  writeStored(KEY, step > 0 && step < steps.length ? String(step) : null);
}
