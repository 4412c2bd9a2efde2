import { subgroupLanes } from '../../tf/fused.ts';
import * as tf from '../../tf/index.ts';
import { allocate, componentsFor, eachOf, typeOf, update } from '../../tf/programs.ts';
import { flagsOf, span, type Kernels } from '../fused/kernels.ts';
import type { FusedMethod } from '../fused/stepper.ts';
import { newestPairs, type LowRank } from '../lowRank.ts';
import { denominatorFloor } from './broyden.ts';
import { place, type BroydenBuffers } from './buffers.ts';
import { measureBroyden } from './measure.ts';
import type { BroydenOptions } from './settings.ts';
import { bySubgroup, measureBySubgroup, stepBySubgroup } from './subgroup.ts';

/**
 * Broyden's method as in `broyden.ts`, without a line search. Beside f it takes two dispatches while pairs are few and a
 * device has subgroups (`subgroup.ts`), else three: the products of all pairs with the new point, their sums with the
 * verdict, and the new pair with the step. Pairs stay where they are; a new one overwrites the oldest. A `seed`'s pairs are
 * there to begin with.
 */
export function fusedBroyden({ rank }: Pick<BroydenOptions, 'rank'>, seed?: LowRank): FusedMethod {
  const seeded = Math.min(rank, seed?.u.shape[1] ?? 0);
  return {
    fallback: 'vanishing-denominator',
    event: (iteration) => (iteration + seeded === rank ? 'rank-limit' : undefined),
    open: (batch, n) => {
      const stride = 3 + rank;
      const lanes = subgroupLanes();
      const buffers: BroydenBuffers = {
        ...pairBuffers([batch, rank, n], seed),
        g: allocate([batch, n]),
        dz: allocate([batch, n]),
        work: allocate([batch, stride, 4]),
        ...{ stride, rank, seeded },
      };
      return {
        work: buffers.work,
        stride,
        inverse: (iteration) => {
          const { slot, pairs } = place(iteration + 1, buffers);
          return pairs > 0 ? inOrder(buffers, slot, pairs) : undefined;
        },
        move: (kernels, fz) => {
          if (bySubgroup(lanes, place(kernels.iteration, buffers).pairs, n))
            stepBySubgroup(kernels, fz, buffers, lanes);
          else makeStep(kernels, fz, buffers);
        },
        measure: (kernels, fz) => {
          if (bySubgroup(lanes, place(kernels.iteration + 1, buffers).pairs, n))
            measureBySubgroup(kernels, fz, buffers, lanes);
          else measureBroyden(kernels, fz, buffers);
        },
        rehearseLater: (kernels, fz) => {
          if (bySubgroup(lanes, rank, n)) return;
          makeStep(kernels, fz, buffers);
          measureBroyden(kernels, fz, buffers);
        },
        dispose: () => {
          const { u, v, g, dz, work } = buffers;
          tf.dispose([u, v, g, dz, work]);
        },
      };
    },
  };
}

/** The rings of a shape `[batch, rank, n]`, the newest pairs of a seed in their first places. */
function pairBuffers(
  shape: readonly [batch: number, rank: number, n: number],
  seed: LowRank | undefined,
): LowRank {
  const [batch, rank, n] = shape;
  if (!seed) return { u: allocate([...shape]), v: allocate([...shape]) } as LowRank;
  return tf.tidy(() => {
    const { u, v } = newestPairs(seed, rank);
    const left = rank - u.shape[1];
    const filled = (rows: tf.Tensor3D): tf.Tensor3D =>
      left > 0 ? tf.concat([rows, tf.zeros<tf.Rank.R3>([batch, left, n])], 1) : tf.mul(rows, 1);
    return { u: filled(u), v: filled(v) };
  });
}

/** So many pairs of the rings, the oldest of full ones at `slot`, oldest first, in new tensors. */
function inOrder({ u, v, rank }: BroydenBuffers, slot: number, pairs: number): LowRank {
  const from = pairs < rank ? 0 : slot;
  const ordered = (ring: tf.Tensor3D): tf.Tensor3D => {
    const [batch, , n] = ring.shape;
    const part = (at: number, count: number): tf.Tensor3D =>
      tf.slice(ring, [0, at, 0], [batch, count, n]);
    return from === 0
      ? tf.mul(part(0, pairs), 1)
      : tf.concat([part(from, rank - from), part(0, from)], 1);
  };
  return tf.tidy(() => ({ u: ordered(u), v: ordered(v) }));
}

/**
 * The new pair and the step from it, of the products that were measured: `v = t (−Δz + Σ vᵢ (uᵢ·Δz))` of a unit t,
 * `u = (Δz − B Δg) / (vᵀΔg)` and `p = −B g`, where `B y = −y + Σ uᵢ (vᵢ·y)`. What v gives with Δg and g follows from
 * what its terms give. Keeps g and p, moves z, and keeps the point if it is the best.
 */
function makeStep(
  { batch, n, z, best, iteration }: Kernels,
  fz: tf.Tensor,
  buffers: BroydenBuffers,
): void {
  const { u, v, g, dz, work, stride, rank } = buffers;
  const components = componentsFor(n);
  const type = typeOf(components);
  const stretches = Math.ceil(n / components / span);
  const paired = iteration > 1 ? 1 : 0;
  const { slot, pairs } = place(iteration, buffers);
  // At the first step there is no new pair yet, and none makes way.
  update({
    key: `broyden step ${components}`,
    reads: { fz: [fz, components] },
    writes: {
      z: [z, components],
      g: [g, components],
      dz: [dz, components],
      u: [u, components],
      v: [v, components],
      best: [best, components],
      work: [work, 4],
    },
    sizes: { batch, n: n / components, stride, rank, slot, pairs, paired, stretches },
    threads: batch * stretches,
    source: () => `${flagsOf}
fn main(index: i32) {
  if (index >= uniforms.batch * uniforms.stretches) { return; }
  let sample = index / uniforms.stretches;
  let at = sample * uniforms.stride;
  let unit = work[at + 1].z;
  let own = work[at + 2];
  let held = isHeld(sample);
  let keep = isBest(sample);
  let base = sample * uniforms.n;
  ${eachOf(
    span,
    (e) => `let at${e} = index % uniforms.stretches + ${e} * uniforms.stretches;
  let i${e} = base + min(at${e}, uniforms.n - 1);
  let point${e} = z[i${e}];
  let here${e}: ${type} = fz[i${e}] - point${e};
  let along${e} = dz[i${e}];
  var change${e} = along${e} + here${e} - g[i${e}];
  var left${e} = -unit * along${e};
  var step${e} = here${e};`,
  )}
  // Of v: with the change, with the residual, and no less than its length.
  var inner = -own.x;
  var onward = -own.y;
  var most = sqrt(own.z);
  for (var pair = 0; pair < uniforms.pairs; pair++) {
    let products = work[at + 3 + pair];
    let share = unit * products.z;
    inner += share * products.x;
    onward += share * products.y;
    most += abs(share) * sqrt(products.w);
    // The pair in the slot makes way for the new one.
    let taken = select(products.y, 0.0, uniforms.paired == 1 && pair == uniforms.slot);
    let start = (sample * uniforms.rank + pair) * uniforms.n - base;
    ${eachOf(
      span,
      (e) => `{
      let old = u[start + i${e}];
      change${e} -= old * products.x;
      step${e} -= old * taken;
      left${e} += v[start + i${e}] * share;
    }`,
    )}
  }
  let usable = abs(inner) * unit > ${denominatorFloor} * most * sqrt(own.w);
  let divisor = select(1.0, inner, usable);
  let to = (sample * uniforms.rank + uniforms.slot) * uniforms.n - base;
  ${eachOf(
    span,
    (e) => `if (at${e} < uniforms.n) {
    if (uniforms.paired == 1) {
      let next = select(${type}(0.0), change${e} / divisor, usable);
      u[to + i${e}] = next;
      v[to + i${e}] = left${e};
      step${e} = select(here${e}, step${e} - next * onward, usable);
    }
    if (keep) { best[i${e}] = point${e}; }
    g[i${e}] = here${e};
    if (held) { step${e} = ${type}(0.0); } else { z[i${e}] = point${e} + step${e}; }
    dz[i${e}] = step${e};
  }`,
  )}
  if (index % uniforms.stretches == 0) {
    work[at + 1].x = select(0.0, 1.0, uniforms.paired == 1 && !usable);
  }
}`,
  });
}
