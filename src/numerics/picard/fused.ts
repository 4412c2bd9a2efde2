import type * as tf from '../../tf/index.ts';
import { allocate, componentsFor, computeOne, typeOf, update } from '../../tf/programs.ts';
import { flagsOf, judgePoint, judgeUniforms, type Kernels } from '../fused/kernels.ts';
import { normSums } from '../fused/norms.ts';
import { parts } from '../fused/settings.ts';
import type { FusedMethod } from '../fused/stepper.ts';
import type { PicardOptions } from './settings.ts';

/** Picard iteration, damped: `z ← z + β (f(z) − z)`. Three dispatches beside f. */
export function fusedPicard({ damping }: PicardOptions): FusedMethod {
  return {
    fallback: 'singular-system', // never used: there is nothing to fall back from
    event: () => undefined,
    open: (batch) => {
      const work = allocate([batch, 4]);
      const stride = 1;
      return {
        work,
        stride,
        move: (kernels, fz) => {
          step(kernels, fz, work, damping);
        },
        measure: (kernels, fz) => {
          measure(kernels, fz, work);
        },
        dispose: () => {
          work.dispose();
        },
      };
    },
  };
}

function step({ batch, n, z, best }: Kernels, fz: tf.Tensor, work: tf.Tensor, beta: number): void {
  const components = componentsFor(n);
  const count = n / components;
  update({
    key: `picard step ${components}`,
    reads: { fz: [fz, components], work: [work, 4] },
    writes: { z: [z, components], best: [best, components] },
    sizes: { batch, n: count, stride: 1 },
    numbers: { beta },
    threads: batch * count,
    source: () => `${flagsOf}
fn main(index: i32) {
  if (index >= uniforms.batch * uniforms.n) { return; }
  let sample = index / uniforms.n;
  let here = z[index];
  if (isBest(sample)) { best[index] = here; }
  if (isHeld(sample)) { return; }
  z[index] = here + uniforms.beta * (fz[index] - here);
}`,
  });
}

function measure(kernels: Kernels, fz: tf.Tensor, work: tf.Tensor): void {
  const { batch, n, z, trace, norms } = kernels;
  const components = componentsFor(n);
  const type = typeOf(components);
  const partial = computeOne({
    key: `picard norms ${components}`,
    reads: { fz: [fz, components], z: [z, components] },
    sizes: { batch, n: n / components },
    result: [[batch, parts, 2, 4], 4],
    threads: batch * parts,
    source: () => `${normSums(components)}
fn main(index: i32) {
  if (index >= uniforms.batch * ${parts}) { return; }
  let base = index / ${parts} * uniforms.n;
  var residual = vec4<f32>(0.0);
  var size = vec4<f32>(0.0);
  for (var i = index % ${parts}; i < uniforms.n; i += ${parts}) {
    let value: ${type} = fz[base + i];
    residual += squares(value - z[base + i]);
    size += squares(value);
  }
  result[2 * index] = residual;
  result[2 * index + 1] = size;
}`,
  });
  const { sizes, numbers } = judgeUniforms(kernels);
  update({
    key: 'picard judge',
    reads: { partial: [partial, 4] },
    writes: { work: [work, 4], trace: [trace, 1], norms: [norms, 4] },
    sizes: { batch, stride: 1, ...sizes },
    numbers,
    threads: batch,
    source: () => `${judgePoint}
fn main(index: i32) {
  if (index >= uniforms.batch) { return; }
  var residual = vec4<f32>(0.0);
  var size = vec4<f32>(0.0);
  for (var i = 0; i < ${parts}; i++) {
    residual += partial[2 * (index * ${parts} + i)];
    size += partial[2 * (index * ${parts} + i) + 1];
  }
  judgePoint(index, normOf(residual), normOf(size), 0.0);
}`,
  });
  partial.dispose();
}
