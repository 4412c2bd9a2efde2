import type { Complex, SpectrumReport } from '../../../../src/engine/protocol/protocol.ts';

/** What the Jacobian says about plain iteration at this point. */
export interface SpectralVerdict {
  readonly kind: 'contraction' | 'local' | 'diverges' | 'unknown';
  readonly words: string;
}

/** The verdict, from settled figures only: an estimate that still moves decides nothing. */
export function spectralVerdict(
  report: SpectrumReport,
  /** Of the solve it was taken from, where that does not iterate f itself: its name, and when it converges. */
  other?: { readonly name: string; readonly converges: string | undefined },
): SpectralVerdict {
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
  if (radius >= 1 && other) {
    const may =
      other.converges === undefined ? 'is not bound by that' : `converges ${other.converges}`;
    return {
      kind: 'diverges',
      words: `plain iteration would diverge here (ρ = ${formatRadius(radius)}); ${other.name} ${may}`,
    };
  }
  if (radius >= 1) {
    return {
      kind: 'diverges',
      words: 'Picard diverges here: Anderson or Broyden may still converge',
    };
  }
  return {
    kind: 'local',
    words: other
      ? 'plain iteration would converge from nearby, too'
      : 'locally convergent: the residual may rise before it falls',
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

/** A way to iterate, and where an eigenvalue of J has to be for it to converge. */
export interface StabilityRegion {
  readonly key: 'plain' | 'damped' | 'flow';
  /** `|λ| < 1`. */
  readonly condition: string;
  readonly name: string;
  readonly holds: (value: Complex) => boolean;
}

/** The three regions: of plain iteration, of one damped by β, and of the flow dz/dt = f(z) − z. */
export const stabilityRegions = (beta: number): readonly StabilityRegion[] => [
  {
    ...{ key: 'plain', condition: '|λ| < 1', name: 'plain iteration' },
    holds: (value) => radiusOf([value]) < 1,
  },
  {
    ...{ key: 'damped', condition: '|1 − β + βλ| < 1', name: `damped by β = ${beta.toFixed(2)}` },
    holds: (value) => radiusOf([damped(value, beta)]) < 1,
  },
  { key: 'flow', condition: 'Re λ < 1', name: 'the flow', holds: ([real]) => real < 1 },
];

/** How many eigenvalues are within a region, in words: `all 12 inside`, `2 of 12 outside`. */
export function regionWords({ holds }: StabilityRegion, values: readonly Complex[]): string {
  const outside = values.filter((value) => !holds(value)).length;
  return outside === 0 ? `all ${values.length} inside` : `${outside} of ${values.length} outside`;
}

/** The longest Euler step of the flow that converges here, 0 where none does: of each λ the h with |1 + h (λ − 1)| = 1. */
export const longestStep = (values: readonly Complex[]): number =>
  Math.max(
    0,
    Math.min(
      ...values.map(([real, imaginary]) => {
        const distance = (1 - real) ** 2 + imaginary ** 2;
        return distance === 0 ? 0 : (2 * (1 - real)) / distance;
      }),
    ),
  );

/** What damping and the flow can do about this spectrum, in words. */
export function remedyWords(values: readonly Complex[]): string {
  const best = bestDamping(values);
  const radius = radiusOf(values.map((value) => damped(value, best)));
  const step = longestStep(values);
  if (step === 0)
    return 'An eigenvalue has a real part of 1 or more: no β and no step of the flow converges here.';
  const damping =
    radius < 1
      ? `Of all β, ${best.toFixed(2)} gives the smallest radius, ${formatRadius(radius)}.`
      : `Even β = ${best.toFixed(2)} leaves a radius of ${formatRadius(radius)}: only a smaller one converges.`;
  return `${damping} Euler steps of the flow converge for h below ${formatRadius(step)}.`;
}
