import type { AppState } from '../../store/state.ts';

/**
 * The spectral radius at the fixed point, which is the factor that plain iteration gains in each step near it; null
 * where another map than f itself is iterated, where no fixed point was reached, where nothing settled is known about that very point, or where such a rate is
 * no straight line in the chart.
 */
export function picardRate(
  state: Pick<
    AppState,
    'pass' | 'axis' | 'scale' | 'records' | 'status' | 'branch' | 'spectrum' | 'applied'
  >,
): number | null {
  const { pass, axis, scale, records, status, branch, spectrum, applied } = state;
  const { report } = spectrum;
  if (pass !== 'forward' || axis !== 'iteration' || scale !== 'log') return null;
  // A splitting or a flow has a rate of its own.
  if (applied.solver.map !== 'plain') return null;
  // Elsewhere than at a fixed point ρ predicts nothing.
  if (status !== 'converged' || !report?.settled) return null;
  // The engine counts a branch from its fork.
  const newest = records.length - 1 - (branch?.at ?? 0);
  return report.iteration === newest && report.radius > 0 ? report.radius : null;
}
