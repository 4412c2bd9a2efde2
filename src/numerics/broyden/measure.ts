import type * as tf from '../../tf/index.ts';
import { componentsFor, computeOne, eachOf, typeOf, update } from '../../tf/programs.ts';
import { judgePoint, judgeUniforms, product, unitOf, type Kernels } from '../fused/kernels.ts';
import { normSums } from '../fused/norms.ts';
import { parts } from '../fused/settings.ts';
import { place, type BroydenBuffers } from './buffers.ts';
import { pairsAtOnce } from './settings.ts';

/**
 * Products of all pairs with the newest step and residual, those of step and residual with each other, norms, and the
 * verdict: in two dispatches, the sums' parts and the sums.
 */
export function measureBroyden(kernels: Kernels, fz: tf.Tensor, buffers: BroydenBuffers): void {
  const { batch, n, z, trace, norms, iteration } = kernels;
  const { u, v, g, dz, work, stride, rank } = buffers;
  const components = componentsFor(n);
  const type = typeOf(components);
  // As many as there are when the next iteration moves on.
  const { pairs } = place(iteration + 1, buffers);
  const groups = Math.max(1, Math.ceil(pairs / pairsAtOnce));
  // Three rows for the sums behind the norms.
  const rows = groups * pairsAtOnce + 3;
  const partial = computeOne({
    key: `broyden products ${components}`,
    reads: {
      fz: [fz, components],
      z: [z, components],
      g: [g, components],
      dz: [dz, components],
      u: [u, components],
      v: [v, components],
      work: [work, 4],
    },
    sizes: {
      batch,
      n: n / components,
      rank,
      pairs,
      groups,
      stride,
      first: iteration === 0 ? 1 : 0,
    },
    result: [[batch, rows, parts, 4], 4],
    threads: batch * groups * parts,
    source: () => `${product(components)}
${normSums(components)}
fn main(index: i32) {
  let group = index / ${parts} % uniforms.groups;
  let sample = index / (${parts} * uniforms.groups);
  if (sample >= uniforms.batch) { return; }
  let base = sample * uniforms.n;
  let unit = select(work[sample * uniforms.stride + 1].y, 1.0, uniforms.first == 1);
  var residual = vec4<f32>(0.0);
  var size = vec4<f32>(0.0);
  var own = vec4<f32>(0.0);
  // Pairs past the newest repeat it, and nobody asks for their products.
  ${eachOf(
    pairsAtOnce,
    (
      p,
    ) => `let from${p} = (sample * uniforms.rank + max(0, min(${pairsAtOnce} * group + ${p}, uniforms.pairs - 1))) * uniforms.n;
  var sums${p} = vec4<f32>(0.0);`,
  )}
  for (var i = index % ${parts}; i < uniforms.n; i += ${parts}) {
    let value: ${type} = fz[base + i];
    let here = value - z[base + i];
    let change = here - g[base + i];
    let step = dz[base + i];
    if (group == 0) {
      residual += squares(here);
      size += squares(value);
      let along = unit * step;
      own += vec4<f32>(product(along, change), product(along, here), product(along, along), product(unit * change, unit * change));
    }
    if (uniforms.pairs == 0) { continue; }
    ${eachOf(
      pairsAtOnce,
      (p) => `{
      let left = v[from${p} + i];
      sums${p} += vec4<f32>(product(left, change), product(left, here), product(u[from${p} + i], step), product(left, left));
    }`,
    )}
  }
  let to = sample * (${pairsAtOnce} * uniforms.groups + 3) * ${parts} + index % ${parts};
  if (group == 0) {
    result[to] = residual;
    result[to + ${parts}] = size;
    result[to + ${2 * parts}] = own;
  }
  ${eachOf(pairsAtOnce, (p) => `result[to + (3 + ${pairsAtOnce} * group + ${p}) * ${parts}] = sums${p};`)}
}`,
  });
  const { sizes, numbers } = judgeUniforms(kernels);
  update({
    key: 'broyden judge',
    reads: { partial: [partial, 4] },
    writes: { work: [work, 4], trace: [trace, 1], norms: [norms, 4] },
    sizes: { batch, stride, pairs, rows, ...sizes },
    numbers,
    threads: batch * (pairs + 2),
    source: () => `${judgePoint}
${unitOf}
fn main(index: i32) {
  let row = index % (uniforms.pairs + 2);
  let sample = index / (uniforms.pairs + 2);
  if (sample >= uniforms.batch) { return; }
  let at = sample * uniforms.stride;
  let first = (sample * uniforms.rows + select(row + 1, 0, row == 0)) * ${parts};
  var sums = vec4<f32>(0.0);
  for (var i = 0; i < ${parts}; i++) { sums += partial[first + i]; }
  if (row > 0) {
    work[at + 1 + row] = sums;
    return;
  }
  var size = vec4<f32>(0.0);
  for (var i = ${parts}; i < ${2 * parts}; i++) { size += partial[first + i]; }
  let residual = normOf(sums);
  judgePoint(sample, residual, normOf(size), select(work[at + 1].x, 0.0, uniforms.iteration < 2));
  work[at + 1].z = select(work[at + 1].y, 1.0, uniforms.iteration == 0);
  work[at + 1].y = unitOf(residual);
}`,
  });
  partial.dispose();
}
