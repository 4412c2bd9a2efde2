import type { AppState } from '../../store/state.ts';

/**
 * The factor per iteration that plain iteration is to gain at the newest point, or null where nothing
 * settled is known about that very point, or where such a rate is no straight line in the chart.
 */
export function picardRate(
  state: Pick<AppState, 'pass' | 'axis' | 'scale' | 'records' | 'branch' | 'spectrum'>,
): number | null {
  const { pass, axis, scale, records, branch, spectrum } = state;
  const { report } = spectrum;
  if (pass !== 'forward' || axis !== 'iteration' || scale !== 'log' || !report?.settled)
    return null;
  // The engine counts a branch from its fork.
  const newest = records.length - 1 - (branch?.at ?? 0);
  return report.iteration === newest && report.radius > 0 ? report.radius : null;
}
