import { addScaled, dot, norm } from '../../ops/vectors.ts';
import type { PlainMethod } from '../plain/method.ts';
import { denominatorFloor } from './broyden.ts';
import type { BroydenOptions } from './settings.ts';

/** One term of the inverse Jacobian −I + Σ u vᵀ. */
interface Pair {
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/** `broyden` without a line search, on plain numbers. */
export const plainBroyden = ({ rank }: Pick<BroydenOptions, 'rank'>): PlainMethod => ({
  start: () => {
    const pairs: Pair[] = [];
    let before: { readonly z: Float64Array; readonly g: Float64Array } | undefined;
    return (z, g, next) => {
      const pair = before && pairOf(pairs, minus(z, before.z), minus(g, before.g));
      if (pair) {
        pairs.push(pair);
        if (pairs.length > rank) pairs.shift();
      }
      before = { z: z.slice(), g: g.slice() };
      next.set(z);
      addScaled(next, 1, g);
      // Where the last update vanished, the step is Picard's: it stands.
      if (pair?.vanished) return;
      for (const { u, v } of pairs) addScaled(next, -dot(v, g), u);
    };
  },
});

/** The pair that a move dz, which changed the residual by dg, adds; one of zeros where it vanishes. */
function pairOf(
  pairs: readonly Pair[],
  dz: Float64Array,
  dg: Float64Array,
): Pair & { readonly vanished: boolean } {
  const v = new Float64Array(dz.length);
  addScaled(v, -1, dz);
  for (const old of pairs) addScaled(v, dot(old.u, dz), old.v);
  const length = norm(v) || 1;
  for (let i = 0; i < v.length; i++) v[i] = (v[i] ?? 0) / length;
  const denominator = dot(v, dg);
  if (!(Math.abs(denominator) > norm(dg) * denominatorFloor))
    return { u: new Float64Array(v.length), v: new Float64Array(v.length), vanished: true };
  // Δz − B Δg = Δz + Δg − Σ u (vᵀ Δg).
  const u = dz.slice();
  addScaled(u, 1, dg);
  for (const old of pairs) addScaled(u, -dot(old.v, dg), old.u);
  for (let i = 0; i < u.length; i++) u[i] = (u[i] ?? 0) / denominator;
  return { u, v, vanished: false };
}

function minus(x: Float64Array, y: Float64Array): Float64Array {
  const difference = x.slice();
  addScaled(difference, -1, y);
  return difference;
}
