import type { Complex, SpectrumReport } from '../../../../src/engine/protocol/protocol.ts';

/** What the Jacobian says about plain iteration at this point. */
export interface SpectralVerdict {
  readonly kind: 'contraction' | 'local' | 'diverges' | 'unknown';
  readonly words: string;
}

/** The verdict, from settled figures only: an estimate that still moves decides nothing. */
export function spectralVerdict(report: SpectrumReport): SpectralVerdict {
  const { radius, settled, sigma, sigmaSettled } = report;
  if (sigmaSettled && sigma < 1) {
    return {
      kind: 'contraction',
      words: 'contraction here: the error shrinks at every step',
    };
  }
  if (!settled) {
    return { kind: 'unknown', words: 'not settled: the estimate still changes, so no verdict' };
  }
  if (radius >= 1) {
    return {
      kind: 'diverges',
      words: 'Picard diverges here: Anderson or Broyden may still converge',
    };
  }
  return {
    kind: 'local',
    words: 'locally convergent: the residual may rise before it falls',
  };
}

/** Three significant digits. */
export const formatRadius = (value: number): string =>
  Number.isFinite(value) ? value.toPrecision(3) : '—';

/** Where damping moves an eigenvalue: 1 − β + βλ. */
export const damped = ([real, imaginary]: Complex, beta: number): Complex => [
  1 - beta + beta * real,
  beta * imaginary,
];

/** Largest modulus. */
export const radiusOf = (values: readonly Complex[]): number =>
  Math.max(0, ...values.map(([real, imaginary]) => Math.hypot(real, imaginary)));

/** The β in (0, 1] on a grid of 0.05 with the smallest damped radius. */
export function bestDamping(values: readonly Complex[]): number {
  const grid = Array.from({ length: 20 }, (_, index) => (20 - index) / 20);
  const radius = (beta: number): number => radiusOf(values.map((value) => damped(value, beta)));
  return grid.reduce((best, beta) => (radius(beta) < radius(best) - 1e-9 ? beta : best));
}

/** The plane in words. */
export function planeSummary(values: readonly Complex[], beta: number): string {
  const outside = values.filter((value) => radiusOf([value]) >= 1).length;
  const all = outside === 0 ? 'all inside' : `${outside} on or outside`;
  const after = radiusOf(values.map((value) => damped(value, beta)));
  return `${values.length} eigenvalues, ${all} the unit circle; damped by β = ${beta.toFixed(2)} the radius is ${formatRadius(after)}.`;
}
