import type { SolveStatus } from './solver.ts';

/** The numbers a verdict depends on. */
export interface StopRule {
  readonly tolerance: number;
  readonly stopMode: 'abs' | 'rel';
}

/** How one sample stands; only the loop knows of an iteration limit. */
export type SampleStatus = Exclude<SolveStatus, 'max-iterations'>;

/** Growth over the first residual that counts as divergence, by stop mode. */
export const blowUp = { rel: 1e3, abs: 1e6 } as const;
const stallWindow = 30;
const stallChange = 1.3;
const stallRange = 3;

/**
 * The verdict on one sample from its residuals so far, in the rule's mode: a pure function
 * of numbers, the same for every solver.
 */
export function judge(trace: readonly number[], { tolerance, stopMode }: StopRule): SampleStatus {
  const value = trace.at(-1) ?? NaN;
  if (!Number.isFinite(value)) return 'nonfinite';
  if (value < tolerance) return 'converged';
  const first = Math.max(trace[0] ?? 0, Number.EPSILON);
  if (value > first * blowUp[stopMode]) return 'diverged';
  if (trace.length > stallWindow && value < stallRange * tolerance) {
    const recent = trace.slice(-stallWindow);
    if (Math.max(...recent) < stallChange * Math.min(...recent)) return 'stalled';
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
