import * as tf from '../../tf/index.ts';
import { allocate, componentsFor, computeOne, typeOf, update } from '../../tf/programs.ts';
import {
  flagsOf,
  judgePoint,
  judgeUniforms,
  parts,
  product,
  span,
  type Kernels,
} from './kernels.ts';
import type { FusedMethod } from './stepper.ts';

/** |vᵀΔg| this small beside ‖v‖‖Δg‖ is float32 round-off: dividing by it would be noise. */
const denominatorFloor = 1e-6;

/** Buffers of one solve. */
interface Buffers {
  /** Pairs `[batch, rank, n]`, a ring: the newest takes the oldest one's place. */
  readonly u: tf.Tensor;
  readonly v: tf.Tensor;
  /** Residual of the point before `[batch, n]`. */
  readonly g: tf.Tensor;
  /** The step to the newest point `[batch, n]`. */
  readonly dz: tf.Tensor;
  /**
   * Vectors of four, for each sample: its flags; whether its newest pair vanished; for each pair
   * `v·Δg`, `v·g` and `u·Δz`; for each part of the new pair's sums `v·v`, `v·Δg`, `v·g` and `Δg·Δg`.
   */
  readonly work: tf.Tensor;
  readonly stride: number;
  readonly rank: number;
}

/**
 * Broyden's method as in `broyden.ts`, without a line search, in four dispatches beside f: the new v with
 * its sums, the new u with the step, the products of all pairs with the new point, and their sums with
 * the verdict. Pairs stay where they are; a new one overwrites the oldest.
 */
export function fusedBroyden({ rank }: { readonly rank: number }): FusedMethod {
  return {
    fallback: 'vanishing-denominator',
    event: (iteration) => (iteration === rank ? 'rank-limit' : undefined),
    open: (batch, n) => {
      const stride = 2 + rank + parts;
      const buffers: Buffers = {
        u: allocate([batch, rank, n]),
        v: allocate([batch, rank, n]),
        g: allocate([batch, n]),
        dz: allocate([batch, n]),
        work: allocate([batch, stride, 4]),
        stride,
        rank,
      };
      return {
        work: buffers.work,
        stride,
        move: (kernels, fz) => {
          if (kernels.iteration > 1) makeV(kernels, fz, buffers);
          makeStep(kernels, fz, buffers);
        },
        measure: (kernels, fz) => {
          measure(kernels, fz, buffers);
        },
        dispose: () => {
          const { u, v, g, dz, work } = buffers;
          tf.dispose([u, v, g, dz, work]);
        },
      };
    },
  };
}

/** Where the newest pair goes and how many there were before it, when iteration k moves on. */
const place = (iteration: number, rank: number): { slot: number; pairs: number } => ({
  slot: (iteration - 2) % rank,
  pairs: Math.max(0, Math.min(iteration - 2, rank)),
});

/** `v = −Δz + Σ vᵢ (uᵢ·Δz)`, and the sums that decide about it. */
function makeV({ batch, n, z, iteration }: Kernels, fz: tf.Tensor, buffers: Buffers): void {
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
    sizes: { batch, n: n / components, stride, rank, ...place(iteration, rank) },
    threads: batch * parts,
    source: () => `${product(components)}
fn main(index: i32) {
  if (index >= uniforms.batch * ${parts}) { return; }
  let sample = index / ${parts};
  let at = sample * uniforms.stride;
  let base = sample * uniforms.n;
  let pairsFrom = sample * uniforms.rank * uniforms.n;
  var sums = vec4<f32>(0.0);
  for (var i = index % ${parts}; i < uniforms.n; i += ${parts}) {
    var next: ${type} = -dz[base + i];
    for (var pair = 0; pair < uniforms.pairs; pair++) {
      next += v[pairsFrom + pair * uniforms.n + i] * work[at + 2 + pair].z;
    }
    v[pairsFrom + uniforms.slot * uniforms.n + i] = next;
    let here = fz[base + i] - z[base + i];
    let change = here - g[base + i];
    sums += vec4<f32>(product(next, next), product(next, change), product(next, here), product(change, change));
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
  buffers: Buffers,
): void {
  const { u, g, dz, work, stride, rank } = buffers;
  const components = componentsFor(n);
  const type = typeOf(components);
  const stretches = Math.ceil(n / components / span);
  const paired = iteration > 1 ? 1 : 0;
  const { slot, pairs } = paired ? place(iteration, rank) : { slot: 0, pairs: 0 };
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
  let usable = abs(sums.y) > ${denominatorFloor} * sqrt(sums.x) * sqrt(sums.w);
  let divisor = select(1.0, sums.y, usable);
  let held = isHeld(sample);
  let keep = isBest(sample);
  let base = sample * uniforms.n;
  let pairsFrom = sample * uniforms.rank * uniforms.n;
  for (var i = index % uniforms.stretches; i < uniforms.n; i += uniforms.stretches) {
    let point = z[base + i];
    let here: ${type} = fz[base + i] - point;
    var change = dz[base + i] + here - g[base + i];
    var step = here;
    for (var pair = 0; pair < uniforms.pairs; pair++) {
      let products = work[at + 2 + pair];
      let old = u[pairsFrom + pair * uniforms.n + i];
      change -= old * products.x;
      // The pair in the slot makes way for the new one.
      step -= select(old * products.y, ${type}(0.0), pair == uniforms.slot);
    }
    if (uniforms.paired == 1) {
      let next = select(${type}(0.0), change / divisor, usable);
      u[pairsFrom + uniforms.slot * uniforms.n + i] = next;
      step = select(here, step - next * sums.z, usable);
    }
    if (keep) { best[base + i] = point; }
    g[base + i] = here;
    if (held) { step = ${type}(0.0); } else { z[base + i] = point + step; }
    dz[base + i] = step;
  }
  if (index % uniforms.stretches == 0) {
    work[at + 1].x = select(0.0, 1.0, uniforms.paired == 1 && !usable);
  }
}`,
  });
}

/** Products of all pairs with the newest step and residual, its norms, and the verdict on it. */
function measure(kernels: Kernels, fz: tf.Tensor, buffers: Buffers): void {
  const { batch, n, z, norms, iteration } = kernels;
  const { u, v, g, dz, work, stride, rank } = buffers;
  const components = componentsFor(n);
  const type = typeOf(components);
  const pairs = Math.max(0, Math.min(iteration - 1, rank));
  const rows = pairs + 1;
  const partial = computeOne({
    key: `broyden products ${components}`,
    reads: {
      fz: [fz, components],
      z: [z, components],
      g: [g, components],
      dz: [dz, components],
      u: [u, components],
      v: [v, components],
    },
    sizes: { batch, n: n / components, rank, pairs },
    result: [[batch, rows, parts, 4], 4],
    threads: batch * rows * parts,
    source: () => `${product(components)}
fn main(index: i32) {
  let rows = uniforms.pairs + 1;
  if (index >= uniforms.batch * rows * ${parts}) { return; }
  let pair = index / ${parts} % rows;
  let sample = index / (${parts} * rows);
  let base = sample * uniforms.n;
  let pairFrom = (sample * uniforms.rank + pair) * uniforms.n;
  var sums = vec4<f32>(0.0);
  for (var i = index % ${parts}; i < uniforms.n; i += ${parts}) {
    let value: ${type} = fz[base + i];
    let here = value - z[base + i];
    if (pair < uniforms.pairs) {
      let left = v[pairFrom + i];
      sums += vec4<f32>(product(left, here - g[base + i]), product(left, here), product(u[pairFrom + i], dz[base + i]), 0.0);
    } else {
      sums += vec4<f32>(product(here, here), product(value, value), 0.0, 0.0);
    }
  }
  result[index] = sums;
}`,
  });
  const { sizes, numbers } = judgeUniforms(kernels);
  update({
    key: 'broyden judge',
    reads: { partial: [partial, 4] },
    writes: { work: [work, 4], norms: [norms, 4] },
    sizes: { batch, stride, pairs, ...sizes },
    numbers,
    threads: batch * rows,
    source: () => `${judgePoint}
fn main(index: i32) {
  let rows = uniforms.pairs + 1;
  if (index >= uniforms.batch * rows) { return; }
  let pair = index % rows;
  let sample = index / rows;
  let at = sample * uniforms.stride;
  var sums = vec4<f32>(0.0);
  for (var i = 0; i < ${parts}; i++) { sums += partial[index * ${parts} + i]; }
  if (pair < uniforms.pairs) {
    work[at + 2 + pair] = sums;
  } else {
    judgePoint(sample, sqrt(sums.x), sqrt(sums.y), select(work[at + 1].x, 0.0, uniforms.iteration < 2));
  }
}`,
  });
  partial.dispose();
}
