const sufficientDecrease = 1e-4;
const shortest = 1e-2;

/**
 * Armijo backtracking for one sample, on φ(s) = ‖g(z + s p)‖² with φ′(0) taken as −φ(0).
 * Yields the step to try, is sent its φ, and returns the accepted step. When even the shortest fails,
 * `failed` is set: the step is then 1, or, where φ(1) is not finite, that with the lowest φ of those
 * tried. Quadratic, then cubic interpolation; half the step after a φ that is not finite.
 *
 * Nocedal and Wright, section 3.5, as in locuslab/deq's `scalar_search_armijo`.
 */
export function* armijo(
  phi0: number,
): Generator<number, { step: number; failed: boolean }, number> {
  const slope = -phi0;
  const enough = (step: number, phi: number): boolean =>
    phi <= phi0 + sufficientDecrease * step * slope;

  let [s0, phiS0] = [1, yield 1];
  if (enough(s0, phiS0)) return { step: s0, failed: false };
  const full = phiS0;
  let s1 = Number.isFinite(full) ? -slope / 2 / (full - phi0 - slope) : 0.5;
  let phiS1 = yield s1;
  if (enough(s1, phiS1)) return { step: s1, failed: false };
  let lowest = { step: 1, phi: Infinity };
  const note = (step: number, phi: number): void => {
    if (phi < lowest.phi) lowest = { step, phi };
  };
  note(s1, phiS1);
  while (s1 > shortest) {
    const factor = s0 ** 2 * s1 ** 2 * (s1 - s0);
    const e1 = phiS1 - phi0 - slope * s1;
    const e0 = phiS0 - phi0 - slope * s0;
    const a = (s0 ** 2 * e1 - s1 ** 2 * e0) / factor;
    const b = (-(s0 ** 3) * e1 + s1 ** 3 * e0) / factor;
    let s2 = (-b + Math.sqrt(Math.abs(b ** 2 - 3 * a * slope))) / (3 * a);
    if (!Number.isFinite(s2) || !Number.isFinite(phiS0 + phiS1)) s2 = s1 / 2;
    const phiS2 = yield s2;
    if (enough(s2, phiS2)) return { step: s2, failed: false };
    note(s2, phiS2);
    if (s1 - s2 > s1 / 2 || 1 - s2 / s1 < 0.96) s2 = s1 / 2;
    [s0, s1, phiS0, phiS1] = [s1, s2, phiS1, phiS2];
  }
  return { step: Number.isFinite(full) ? 1 : lowest.step, failed: true };
}
