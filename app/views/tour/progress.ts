import { steps } from './steps.ts';

const KEY = 'deq-tour';

/** The step at which the tour was left, or 0. Storage may be blocked, and hold anything. */
export function savedStep(): number {
  try {
    const step = Number(localStorage.getItem(KEY));
    return Number.isInteger(step) && step > 0 && step < steps.length ? step : 0;
  } catch {
    return 0;
  }
}

/** Remembers the step, or forgets it where the tour is over. */
export function saveStep(step: number): void {
  try {
    if (step > 0 && step < steps.length) localStorage.setItem(KEY, String(step));
    else localStorage.removeItem(KEY);
  } catch {
    // Blocked: the tour then starts from the beginning next time.
  }
}
