import { learningRateAt, type Schedule } from '../../../src/schema/schedule.ts';
import { formatCount, formatPower } from '../../format.ts';

/** How the learning rate goes over a run, in words: `up over 20 steps, then down to 4e-3 at step 60`. */
export function scheduleWords(train: Schedule): string {
  const { steps, warmup, schedule } = train;
  const end = `to ${formatPower(learningRateAt(steps - 1, train))} at step ${formatCount(steps)}`;
  // A run that ends while it rises never comes to what is after.
  if (warmup >= steps) return `up ${end}`;
  const rise = warmup > 0 ? `up over ${formatCount(warmup)} steps, then ` : '';
  return rise + (schedule === 'cosine' ? `down ${end}` : 'constant');
}
