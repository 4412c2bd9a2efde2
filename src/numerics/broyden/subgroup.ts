/**
 * Broyden's iteration in two dispatches beside f, a subgroup for each sample: its threads' sums are sums over the sample,
 * with nothing written between and nobody waited for. So a product of the step with a pair's u is there when the next v
 * is made, and u and v are read once an iteration.
 */
import type * as tf from '../../tf/index.ts';
import { componentsFor, eachOf, typeOf, update } from '../../tf/programs.ts';
import {
  flagsOf,
  judgePoint,
  judgeUniforms,
  product,
  unitOf,
  type Kernels,
} from '../fused/kernels.ts';
import { normSums } from '../fused/norms.ts';
import { denominatorFloor } from './broyden.ts';
import { place, type BroydenBuffers } from './buffers.ts';

/** Pairs that a thread has numbers of in its registers at most. */
const most = 12;
/** Elements of a sample at most: more are left to kernels that share them among more threads. */
const longest = 1024;

/** Whether the kernels here do for so many pairs, of so many numbers. */
export const bySubgroup = (lanes: number, pairs: number, n: number): boolean =>
  lanes > 0 && pairs <= most && n / componentsFor(n) <= longest;

/** `most` statements in WGSL, each run if there is such a pair. */
const eachPair = (line: (p: number) => string): string =>
  eachOf(most, (p) => `if (${p} < uniforms.pairs) { ${line(p)} }`);

/** Where a thread is: a workgroup is one subgroup, and has one sample. */
const whereabouts = (lanes: number): string => `
  let lane = index % ${lanes};
  let sample = index / ${lanes};
  let base = sample * uniforms.n;
  let pairsFrom = sample * uniforms.rank * uniforms.n;
  let at = sample * uniforms.stride;`;

/**
 * The verdict on the newest point, and `v = t (−Δz + Σ vᵢ (uᵢ·Δz))` with its products and those of the other v with Δg and
 * g. Its unit t is that of the residual before, of whose size Δz is.
 */
export function measureBySubgroup(
  kernels: Kernels,
  fz: tf.Tensor,
  buffers: BroydenBuffers,
  lanes: number,
): void {
  const { batch, n, z, trace, norms, iteration } = kernels;
  const { v, g, dz, work, stride, rank } = buffers;
  const components = componentsFor(n);
  const { sizes, numbers } = judgeUniforms(kernels);
  update({
    key: `broyden v ${components} ${lanes}`,
    reads: {
      fz: [fz, components],
      z: [z, components],
      g: [g, components],
      dz: [dz, components],
    },
    writes: { v: [v, components], work: [work, 4], trace: [trace, 1], norms: [norms, 4] },
    sizes: { batch, n: n / components, rank, stride, ...place(iteration + 1, buffers), ...sizes },
    numbers,
    threads: batch * lanes,
    workgroup: lanes,
    source: () => `${product(components)}
${normSums(components)}
${judgePoint}
${unitOf}
fn main(index: i32) {${whereabouts(lanes)}
  let unit = select(work[at + 1].y, 1.0, uniforms.iteration == 0);
  var residual = vec4<f32>(0.0);
  var size = vec4<f32>(0.0);
  var own = vec4<f32>(0.0);
  ${eachOf(
    most,
    (p) => `var sums${p} = vec2<f32>(0.0);
  var along${p} = 0.0;`,
  )}
  ${eachPair((p) => `along${p} = work[at + ${3 + p}].z;`)}
  for (var i = lane; i < uniforms.n; i += ${lanes}) {
    let value = fz[base + i];
    let here = value - z[base + i];
    residual += squares(here);
    size += squares(value);
    let change = here - g[base + i];
    var next = -dz[base + i];
    ${eachPair(
      (p) => `
      let old = v[pairsFrom + ${p} * uniforms.n + i];
      sums${p} += vec2<f32>(product(old, change), product(old, here));
      next += old * along${p};`,
    )}
    // There was no step to the first point.
    if (uniforms.iteration > 0) {
      next *= unit;
      v[pairsFrom + uniforms.slot * uniforms.n + i] = next;
      own += vec4<f32>(product(next, next), product(next, change), product(next, here), product(unit * change, unit * change));
    }
  }
  residual = subgroupAdd(residual);
  size = subgroupAdd(size);
  own = subgroupAdd(own);
  ${eachOf(most, (p) => `sums${p} = subgroupAdd(sums${p});`)}
  if (lane != 0) { return; }
  let length = normOf(residual);
  judgePoint(sample, length, normOf(size), select(work[at + 1].x, 0.0, uniforms.iteration < 2));
  work[at + 1].y = unitOf(length);
  work[at + 1].z = unit;
  work[at + 2] = own;
  ${eachPair(
    (p) => `work[at + ${3 + p}].x = sums${p}.x;
    work[at + ${3 + p}].y = sums${p}.y;`,
  )}
}`,
  });
}

/**
 * `u = (Δz − B Δg) / (vᵀΔg)`, the step `p = −B g` with the new pair and the products of every u with it. Keeps g and p, moves
 * z, and keeps the point if it is the best.
 */
export function stepBySubgroup(
  { batch, n, z, best, iteration }: Kernels,
  fz: tf.Tensor,
  buffers: BroydenBuffers,
  lanes: number,
): void {
  const { u, g, dz, work, stride, rank } = buffers;
  const components = componentsFor(n);
  const type = typeOf(components);
  // At the first step there is no new pair yet, and none makes way.
  const paired = iteration > 1 ? 1 : 0;
  update({
    key: `broyden u ${components} ${lanes}`,
    reads: { fz: [fz, components] },
    writes: {
      z: [z, components],
      g: [g, components],
      dz: [dz, components],
      u: [u, components],
      best: [best, components],
      work: [work, 4],
    },
    sizes: { batch, n: n / components, stride, rank, ...place(iteration, buffers), paired },
    threads: batch * lanes,
    workgroup: lanes,
    source: () => `${flagsOf}
${product(components)}
fn main(index: i32) {${whereabouts(lanes)}
  let own = work[at + 2];
  let paired = uniforms.paired == 1;
  let usable = paired && abs(own.y) * work[at + 1].z > ${denominatorFloor} * sqrt(own.x) * sqrt(own.w);
  let divisor = select(1.0, own.y, usable);
  let held = isHeld(sample);
  let keep = isBest(sample);
  ${eachOf(
    most,
    (p) => `var inner${p} = 0.0;
  var taken${p} = 0.0;
  var along${p} = 0.0;`,
  )}
  ${eachPair(
    (p) => `
    inner${p} = work[at + ${3 + p}].x;
    // The pair in the slot makes way for the new one.
    if (!paired || uniforms.slot != ${p}) { taken${p} = work[at + ${3 + p}].y; }`,
  )}
  var alongNext = 0.0;
  for (var i = lane; i < uniforms.n; i += ${lanes}) {
    let point = z[base + i];
    let here = fz[base + i] - point;
    var change = dz[base + i] + here - g[base + i];
    var step = here;
    ${eachOf(most, (p) => `var old${p} = ${type}(0.0);`)}
    ${eachPair(
      (p) => `
      old${p} = u[pairsFrom + ${p} * uniforms.n + i];
      change -= old${p} * inner${p};
      step -= old${p} * taken${p};`,
    )}
    var next = ${type}(0.0);
    if (paired) {
      next = select(next, change / divisor, usable);
      step = select(here, step - next * own.z, usable);
      u[pairsFrom + uniforms.slot * uniforms.n + i] = next;
    }
    if (keep) { best[base + i] = point; }
    g[base + i] = here;
    if (held) { step = ${type}(0.0); } else { z[base + i] = point + step; }
    dz[base + i] = step;
    ${eachPair((p) => `along${p} += product(old${p}, step);`)}
    alongNext += product(next, step);
  }
  ${eachOf(most, (p) => `along${p} = subgroupAdd(along${p});`)}
  alongNext = subgroupAdd(alongNext);
  if (lane != 0) { return; }
  ${eachPair((p) => `work[at + ${3 + p}].z = along${p};`)}
  if (paired) { work[at + 3 + uniforms.slot].z = alongNext; }
  work[at + 1].x = select(0.0, 1.0, paired && !usable);
}`,
  });
}
