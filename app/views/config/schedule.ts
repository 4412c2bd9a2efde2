import type { Settings } from '../../../src/config/fields.ts';

type Schedule = Pick<Settings['train'], 'steps' | 'learningRate' | 'warmup' | 'schedule'>;

/** Learning rate of an update (the first is 1), by the trainer's own formula. */
export function learningRateAt(step: number, settings: Schedule): number {
  const { steps, learningRate, warmup, schedule } = settings;
  if (step <= warmup) return (learningRate * step) / Math.max(1, warmup);
  if (schedule === 'constant') return learningRate;
  const done = Math.min(1, (step - 1 - warmup) / Math.max(1, steps - warmup));
  return learningRate * (0.1 + 0.45 * (1 + Math.cos(Math.PI * done)));
}
