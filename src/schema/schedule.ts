/** How the learning rate goes over a run. */
export interface Schedule {
  /** Updates in all. */
  readonly steps: number;
  /** Its highest value. */
  readonly learningRate: number;
  /** Updates over which it rises in a straight line. */
  readonly warmup: number;
  readonly schedule: 'cosine' | 'constant';
}

/** Where the cosine ends, as a share of the peak. */
const floor = 0.1;

/** The learning rate of update `step`, counted from 0. */
export function learningRateAt(
  step: number,
  { steps, learningRate, warmup, schedule }: Schedule,
): number {
  if (step < warmup) return (learningRate * (step + 1)) / warmup;
  if (schedule === 'constant') return learningRate;
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  return learningRate * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
