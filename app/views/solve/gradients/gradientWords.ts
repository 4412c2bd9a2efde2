import type { GradientReport, GradientRow } from '../../../../src/engine/protocol/protocol.ts';
import type { Marker } from '../../../charts/markers.ts';
import { formatCount, formatPeak, formatMilliseconds, formatResidual } from '../../../format.ts';

/** What the scatter has on its horizontal axis. */
export type Cost = 'time' | 'memory';

/** Below this an error is float32 round-off and drawn at the floor. */
export const ERROR_FLOOR = 1e-8;

/** A method's look in the scatter: one shape and colour each, here and in the table. */
export const gradientLooks: Readonly<
  Record<GradientRow['kind'], { readonly name: string; stroke: string; marker: Marker }>
> = {
  implicit: { name: 'implicit', stroke: 'var(--series-1)', marker: 'circle' },
  shine: { name: 'SHINE', stroke: 'var(--series-3)', marker: 'nabla' },
  'one-step': { name: 'one-step', stroke: 'var(--series-2)', marker: 'square' },
  neumann: { name: 'Neumann', stroke: 'var(--ok)', marker: 'triangle' },
  phantom: { name: 'phantom', stroke: 'var(--series-4)', marker: 'diamond' },
  unrolled: { name: 'unrolled', stroke: 'var(--series-6)', marker: 'cross' },
};

/** Status of a method that solves: a sign and a word, and what it means; the others have none. */
export function gradientStatus({ status }: GradientRow): { sign: string; words: string } {
  if (status === undefined) return { sign: '—', words: 'solves nothing' };
  return status === 'converged'
    ? { sign: '✓', words: 'its adjoint solve converged' }
    : { sign: '✕ inexact', words: 'its adjoint solve did not converge: the gradient is inexact' };
}

/** Where in the forward solve all of them were taken. */
export const pointWords = ({ iteration }: GradientReport): string =>
  `Taken at iteration ${String(iteration)} of the forward solve, where its residual was lowest.`;

/** Why there is no row of SHINE; empty where there is one. */
export const shineWords = ({ rows }: GradientReport): string =>
  rows.some(({ kind }) => kind === 'shine')
    ? ''
    : 'SHINE has no row: it takes the inverse Jacobian that a forward solve by Broyden’s method of f itself leaves behind.';

/** What the errors are measured against, and whether that can be relied on. */
export function referenceWords({ reference, referenceStatus, size }: GradientReport): string {
  const numbers = formatCount(size);
  if (reference === 'dense')
    return `Reference: (I − Jᵀ)⁻¹ by elimination in float64, ${numbers} numbers.`;
  const words = `Reference: an adjoint solve to 1e-6, as ${numbers} numbers are too many for elimination.`;
  return referenceStatus === 'converged' || referenceStatus === undefined
    ? words
    : `${words} It did not converge, so the errors are only approximate.`;
}

/** The cost of a method on the chosen axis; never zero, for the log axis. */
export const costOf = (row: GradientRow, cost: Cost): number =>
  Math.max(cost === 'time' ? row.milliseconds : row.peakBytes, Number.EPSILON);

/** A cost with its unit. */
export const formatCost = (value: number, cost: Cost): string =>
  cost === 'time' ? formatMilliseconds(value) : formatPeak(value);

/** The scatter in one sentence: who is nearest, who is cheapest. */
export function gradientSummary({ rows }: GradientReport, cost: Cost): string {
  const usable = rows.filter(({ relativeError }) => Number.isFinite(relativeError));
  const first = usable[0];
  if (!first) return 'No method gave a finite gradient.';
  const nearest = usable.reduce((a, b) => (b.relativeError < a.relativeError ? b : a), first);
  const cheapest = usable.reduce((a, b) => (costOf(b, cost) < costOf(a, cost) ? b : a), first);
  const measure = cost === 'time' ? 'fastest' : 'leanest';
  return `${nearest.label} is nearest, with an error of ${formatResidual(nearest.relativeError)}; ${cheapest.label} is the ${measure} at ${formatCost(costOf(cheapest, cost), cost)}, with ${formatResidual(cheapest.relativeError)}.`;
}
