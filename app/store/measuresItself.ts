import { readStored, writeStored } from '../stored.ts';

const KEY = 'deq-measure';

/** Whether a fresh page measures memory by itself: until a visitor cancels that, and again after a press of Measure. */
export const measuresItself = (): boolean => readStored(KEY) !== 'off';

/** Keeps it for the next visit. */
export const rememberMeasuring = (on: boolean): void => {
  writeStored(KEY, on ? null : 'off');
};
