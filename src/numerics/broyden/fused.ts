import * as tf from '../../tf/index.ts';
import { allocate, componentsFor, eachOf, typeOf, update } from '../../tf/programs.ts';
import { flagsOf, product, span, type Kernels } from '../fused/kernels.ts';
import { parts } from '../fused/settings.ts';
import type { FusedMethod } from '../fused/stepper.ts';
import { newestPairs, type LowRank } from '../lowRank.ts';
import { denominatorFloor } from './broyden.ts';
import { place, type BroydenBuffers } from './buffers.ts';
import { measureBroyden } from './measure.ts';
import type { BroydenOptions } from './settings.ts';

/**
 * Broyden's method as in `broyden.ts`, without a line search, in four dispatches beside f: the new v with
 * its sums, the new u with the step, the products of all pairs with the new point, and their sums with
 * the verdict. Pairs stay where they are; a new one overwrites the oldest. A `seed`'s pairs are there to begin with.
 */
export function fusedBroyden({ rank }: Pick<BroydenOptions, 'rank'>, seed?: LowRank): FusedMethod {
  const seeded = Math.min(rank, seed?.u.shape[1] ?? 0);
  return {
    fallback: 'vanishing-denominator',
    event: (iteration) => (iteration + seeded === rank ? 'rank-limit' : undefined),
    open: (batch, n) => {
      const stride = 2 + rank + parts;
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
          if (kernels.iteration > 1) makeV(kernels, fz, buffers);
          makeStep(kernels, fz, buffers);
        },
        measure: (kernels, fz) => {
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

/** `v = t (−Δz + Σ vᵢ (uᵢ·Δz))`, and the sums that decide about it; u makes up for the unit t. */
function makeV({ batch, n, z, iteration }: Kernels, fz: tf.Tensor, buffers: BroydenBuffers): void {
  const { v, g, dz, work, stride, rank } = buffers;
  const components = componentsFor(n);
  const type = typeOf(components);
  update({
    key: `broyden v ${components}`,
    reads: {
      fz: [fz, components],
      z: [z, components],
      g: [g, components],
      dz: [dz, components],
    },
    writes: { v: [v, components], work: [work, 4] },
    sizes: { batch, n: n / components, stride, rank, ...place(iteration, buffers) },
    threads: batch * parts,
    source: () => `${product(components)}
fn main(index: i32) {
  if (index >= uniforms.batch * ${parts}) { return; }
  let sample = index / ${parts};
  let at = sample * uniforms.stride;
  let base = sample * uniforms.n;
  let pairsFrom = sample * uniforms.rank * uniforms.n;
  let unit = work[at + 1].y;
  var sums = vec4<f32>(0.0);
  for (var first = index % ${parts}; first < uniforms.n; first += ${parts * span}) {
    ${eachOf(
      span,
      (e) => `let i${e} = min(first + ${parts * e}, uniforms.n - 1);
    var next${e}: ${type} = -dz[base + i${e}];`,
    )}
    for (var pair = 0; pair < uniforms.pairs; pair++) {
      let along = work[at + 2 + pair].z;
      let start = pairsFrom + pair * uniforms.n;
      ${eachOf(span, (e) => `next${e} += v[start + i${e}] * along;`)}
    }
    ${eachOf(
      span,
      (e) => `if (first + ${parts * e} < uniforms.n) {
      next${e} *= unit;
      v[pairsFrom + uniforms.slot * uniforms.n + i${e}] = next${e};
      let here = fz[base + i${e}] - z[base + i${e}];
      let change = here - g[base + i${e}];
      sums += vec4<f32>(product(next${e}, next${e}), product(next${e}, change), product(next${e}, here), product(unit * change, unit * change));
    }`,
    )}
  }
  work[at + 2 + uniforms.rank + index % ${parts}] = sums;
}`,
  });
}

/**
 * `u = (Δz − B Δg) / (vᵀΔg)` and the step `p = −B g` with the new pair, from the products that were
 * measured: `B y = −y + Σ uᵢ (vᵢ·y)`. Keeps g and p, moves z, and keeps the point if it is the best.
 */
function makeStep(
  { batch, n, z, best, iteration }: Kernels,
  fz: tf.Tensor,
  buffers: BroydenBuffers,
): void {
  const { u, g, dz, work, stride, rank } = buffers;
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
  var sums = vec4<f32>(0.0);
  if (uniforms.paired == 1) {
    for (var i = 0; i < ${parts}; i++) { sums += work[at + 2 + uniforms.rank + i]; }
  }
  let unit = work[at + 1].y;
  let usable = abs(sums.y) * unit > ${denominatorFloor} * sqrt(sums.x) * sqrt(sums.w);
  let divisor = select(1.0, sums.y, usable);
  let held = isHeld(sample);
  let keep = isBest(sample);
  let base = sample * uniforms.n;
  ${eachOf(
    span,
    (e) => `let at${e} = index % uniforms.stretches + ${e} * uniforms.stretches;
  let i${e} = base + min(at${e}, uniforms.n - 1);
  let point${e} = z[i${e}];
  let here${e}: ${type} = fz[i${e}] - point${e};
  var change${e} = dz[i${e}] + here${e} - g[i${e}];
  var step${e} = here${e};`,
  )}
  for (var pair = 0; pair < uniforms.pairs; pair++) {
    let products = work[at + 2 + pair];
    // The pair in the slot makes way for the new one.
    let taken = select(products.y, 0.0, uniforms.paired == 1 && pair == uniforms.slot);
    let start = (sample * uniforms.rank + pair) * uniforms.n - base;
    ${eachOf(
      span,
      (e) => `{
      let old = u[start + i${e}];
      change${e} -= old * products.x;
      step${e} -= old * taken;
    }`,
    )}
  }
  let to = (sample * uniforms.rank + uniforms.slot) * uniforms.n - base;
  ${eachOf(
    span,
    (e) => `if (at${e} < uniforms.n) {
    if (uniforms.paired == 1) {
      let next = select(${type}(0.0), change${e} / divisor, usable);
      u[to + i${e}] = next;
      step${e} = select(here${e}, step${e} - next * sums.z, usable);
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
