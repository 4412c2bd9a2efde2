import { stall } from './conventions/settings.ts';
import type { SolveStatus } from './solver.ts';

/** The numbers a verdict depends on. */
export interface StopRule {
  readonly tolerance: number;
  readonly stopMode: 'abs' | 'rel';
}

/** How one sample stands; only the loop knows of an iteration limit. */
export type SampleStatus = Exclude<SolveStatus, 'max-iterations'>;

/**
 * Growth over the first residual that counts as divergence, by stop mode, of the relative residual only where
 * ‖f(z) − z‖ grew as much: a relative residual is large also where f(z) is small, and at f(z) = 0, which a ReLU
 * layer has at many z, it is ‖z‖ / 1e-9, while z may be one step from the fixed point.
 */
export const blowUp = { rel: 1e3, abs: 1e6 } as const;
/**
 * Growth of ‖f(z) − z‖ that counts as divergence in either mode, over its first value or `least`: where z
 * grows for ever, the relative residual need not.
 */
export const runaway = { growth: 1e9, least: 1e-3 } as const;

/**
 * The verdict on one sample from its residuals so far, in the rule's mode: a pure function
 * of numbers, the same for every solver. `lengths`: the first and the newest ‖f(z) − z‖; default the
 * trace's, as if ‖f(z)‖ did not change.
 */
export function judge(
  trace: readonly number[],
  { tolerance, stopMode }: StopRule,
  lengths: readonly [first: number, newest: number] = [trace[0] ?? NaN, trace.at(-1) ?? NaN],
): SampleStatus {
  const value = trace.at(-1) ?? NaN;
  if (!Number.isFinite(value)) return 'nonfinite';
  if (value < tolerance) return 'converged';
  const first = Math.max(trace[0] ?? 0, Number.EPSILON);
  const most = blowUp[stopMode];
  const [firstLength, length] = lengths;
  if (value > first * most && (stopMode === 'abs' || length / most > firstLength))
    return 'diverged';
  if (length > runaway.growth * Math.max(firstLength, runaway.least)) return 'diverged';
  if (trace.length > stall.window && value < stall.range * tolerance) {
    const recent = trace.slice(-stall.window);
    if (Math.max(...recent) < stall.change * Math.min(...recent)) return 'stalled';
  }
  return 'running';
}

/** From worst to best: a batch is as badly off as its worst sample. */
const severity: readonly SampleStatus[] = [
  'nonfinite',
  'diverged',
  'running',
  'stalled',
  'converged',
];

/** The worst of the samples' verdicts. */
export const worstOf = (samples: readonly SampleStatus[]): SampleStatus =>
  severity.find((status) => samples.includes(status)) ?? 'converged';
