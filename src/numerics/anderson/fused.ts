import * as tf from '../../tf/index.ts';
import { allocate, componentsFor, typeOf, update } from '../../tf/programs.ts';
import {
  flagsOf,
  judgePoint,
  judgeUniforms,
  product,
  unitOf,
  type Kernels,
} from '../fused/kernels.ts';
import { normSums } from '../fused/norms.ts';
import { parts } from '../fused/settings.ts';
import type { FusedMethod } from '../fused/stepper.ts';
import { pivotFloor, ridgeCeiling } from './gram.ts';
import type { AndersonOptions } from './settings.ts';

/** Buffers of one solve. */
interface Buffers {
  /** The last points and their residuals `[batch, window, n]`, rings. */
  readonly zs: tf.Tensor;
  readonly gs: tf.Tensor;
  /** Products of the residuals `[batch, window, window]`, times the unit squared; one row changes an iteration. */
  readonly gram: tf.Tensor;
  /** The system and what is left of it while it is solved `[batch, window, 2 window + 1]`. */
  readonly system: tf.Tensor;
  /** Vectors of four, for each sample: its flags; whether its system is singular and the unit of products (`unitOf`); its weights. */
  readonly work: tf.Tensor;
  readonly stride: number;
}

/**
 * Anderson acceleration as in `anderson.ts`, in three dispatches beside f: the mix, the new residual's
 * products with the others, and their sums, the small system and the verdict.
 */
export function fusedAnderson(options: AndersonOptions): FusedMethod {
  const { window } = options;
  return {
    fallback: 'singular-system',
    event: (iteration) => (iteration > 0 && iteration === window - 1 ? 'window-full' : undefined),
    open: (batch, n) => {
      const stride = 2 + window;
      const buffers: Buffers = {
        zs: allocate([batch, window, n]),
        gs: allocate([batch, window, n]),
        gram: allocate([batch, window, window]),
        system: allocate([batch, window, 2 * window + 1]),
        work: allocate([batch, stride, 4]),
        stride,
      };
      return {
        work: buffers.work,
        stride,
        move: (kernels) => {
          mix(kernels, buffers, options);
        },
        measure: (kernels, fz) => {
          measure(kernels, fz, buffers, options);
        },
        dispose: () => {
          const { zs, gs, gram, system, work } = buffers;
          tf.dispose([zs, gs, gram, system, work]);
        },
      };
    },
  };
}

/** `z = Σ αᵢ (zᵢ + β gᵢ)`; a plain step where there is nothing to mix or the system was singular. */
function mix(
  { batch, n, z, best, iteration }: Kernels,
  { zs, gs, work, stride }: Buffers,
  { window, damping }: AndersonOptions,
): void {
  const components = componentsFor(n);
  const type = typeOf(components);
  const count = Math.min(iteration, window);
  update({
    key: `anderson mix ${components}`,
    reads: { zs: [zs, components], gs: [gs, components], work: [work, 4] },
    writes: { z: [z, components], best: [best, components] },
    sizes: { batch, n: n / components, stride, window, count, newest: (iteration - 1) % window },
    // The first step of all is undamped.
    numbers: { beta: damping, plainBeta: count === 1 && window > 1 ? 1 : damping },
    threads: (batch * n) / components,
    source: () => `${flagsOf}
fn main(index: i32) {
  if (index >= uniforms.batch * uniforms.n) { return; }
  let sample = index / uniforms.n;
  if (isBest(sample)) { best[index] = z[index]; }
  if (isHeld(sample)) { return; }
  let at = sample * uniforms.stride;
  let base = sample * uniforms.window * uniforms.n + index % uniforms.n;
  if (uniforms.count == 1 || work[at + 1].x > 0.0) {
    z[index] += uniforms.plainBeta * gs[base + uniforms.newest * uniforms.n];
    return;
  }
  var sum = ${type}(0.0);
  for (var i = 0; i < uniforms.count; i++) {
    let place = base + i * uniforms.n;
    sum += work[at + 2 + i].x * (zs[place] + uniforms.beta * gs[place]);
  }
  z[index] = sum;
}`,
  });
}

function measure(
  kernels: Kernels,
  fz: tf.Tensor,
  buffers: Buffers,
  { window, ridge, ridgeMode }: AndersonOptions,
): void {
  const { batch, n, z, trace, norms, iteration } = kernels;
  const { zs, gs, gram, system, work, stride } = buffers;
  const components = componentsFor(n);
  const type = typeOf(components);
  const slot = iteration % window;
  const count = Math.min(iteration + 1, window);
  // Rows of products, and two for the sums behind the norms.
  const partial = allocate([batch, count + 2, parts, 4]);
  update({
    key: `anderson products ${components}`,
    reads: { fz: [fz, components], z: [z, components], work: [work, 4] },
    writes: { zs: [zs, components], gs: [gs, components], partial: [partial, 4] },
    sizes: {
      batch,
      n: n / components,
      stride,
      window,
      count,
      slot,
      first: iteration === 0 ? 1 : 0,
    },
    threads: batch * count * parts,
    source: () => `${product(components)}
${normSums(components)}
fn main(index: i32) {
  if (index >= uniforms.batch * uniforms.count * ${parts}) { return; }
  let row = index / ${parts} % uniforms.count;
  let sample = index / (${parts} * uniforms.count);
  let base = sample * uniforms.n;
  let rowFrom = (sample * uniforms.window + row) * uniforms.n;
  let to = sample * (uniforms.count + 2) * ${parts} + index % ${parts};
  if (row == uniforms.slot) {
    var residual = vec4<f32>(0.0);
    var size = vec4<f32>(0.0);
    for (var i = index % ${parts}; i < uniforms.n; i += ${parts}) {
      let value: ${type} = fz[base + i];
      let point = z[base + i];
      let here = value - point;
      residual += squares(here);
      size += squares(value);
      zs[rowFrom + i] = point;
      gs[rowFrom + i] = here;
    }
    partial[to] = residual;
    partial[to + ${parts}] = size;
    return;
  }
  let unit = select(work[sample * uniforms.stride + 1].y, 1.0, uniforms.first == 1);
  var inner = 0.0;
  for (var i = index % ${parts}; i < uniforms.n; i += ${parts}) {
    inner += product(unit * (fz[base + i] - z[base + i]), unit * gs[rowFrom + i]);
  }
  partial[to + (2 + row) * ${parts}] = vec4<f32>(inner, 0.0, 0.0, 0.0);
}`,
  });
  const { sizes, numbers } = judgeUniforms(kernels);
  update({
    key: 'anderson solve',
    reads: { partial: [partial, 4] },
    writes: {
      gram: [gram, 1],
      system: [system, 1],
      work: [work, 4],
      trace: [trace, 1],
      norms: [norms, 4],
    },
    sizes: {
      batch,
      stride,
      window,
      count,
      slot,
      relative: ridgeMode === 'relative' ? 1 : 0,
      ...sizes,
    },
    numbers: { ridge, ...numbers },
    threads: batch,
    source: () => `${judgePoint}
${unitOf}
${weights}
fn main(index: i32) {
  if (index >= uniforms.batch) { return; }
  let sumsFrom = index * (uniforms.count + 2) * ${parts};
  var residualSums = vec4<f32>(0.0);
  var sizeSums = vec4<f32>(0.0);
  for (var i = 0; i < ${parts}; i++) {
    residualSums += partial[sumsFrom + i];
    sizeSums += partial[sumsFrom + ${parts} + i];
  }
  let residual = normOf(residualSums);
  let at = index * uniforms.stride;
  let gramFrom = index * uniforms.window * uniforms.window;
  let before = select(work[at + 1].y, 1.0, uniforms.iteration == 0);
  let unit = unitOf(residual);
  work[at + 1].y = unit;
  let ratio = unit / before;
  for (var row = 0; row < uniforms.count; row++) {
    var inner = 0.0;
    for (var i = 0; i < ${parts}; i++) { inner += partial[sumsFrom + (2 + row) * ${parts} + i].x; }
    gram[gramFrom + row * uniforms.window + uniforms.slot] = inner;
    gram[gramFrom + uniforms.slot * uniforms.window + row] = inner;
  }
  if (ratio != 1.0) {
    for (var row = 0; row < uniforms.count; row++) {
      for (var i = 0; i < uniforms.count; i++) {
        gram[gramFrom + row * uniforms.window + i] *= ratio;
        gram[gramFrom + row * uniforms.window + i] *= ratio;
      }
    }
  }
  // Plain where it can be: with its bits.
  let length = unit * residual.x * residual.y;
  gram[gramFrom + uniforms.slot * (uniforms.window + 1)] =
    select(length * length, residualSums.x, unit == 1.0);
  // What the step to this point was: plain if the system before it was singular.
  let fell = select(work[at + 1].x, 0.0, uniforms.iteration < 2 || uniforms.window == 1);
  judgePoint(index, residual, normOf(sizeSums), fell);
  if (uniforms.count > 1) { work[at + 1].x = select(0.0, 1.0, solveWeights(index)); }
}`,
  });
  partial.dispose();
}

/**
 * `fn solveWeights(sample) -> bool`: the weights of `gram.ts`, by the same elimination; true where no
 * residual tells anything beside the smallest, which leaves weights that mean nothing.
 */
const weights = `
fn solveWeights(sample: i32) -> bool {
  let n = uniforms.count;
  let width = 2 * uniforms.window + 1;
  let right = 2 * uniforms.window;
  let gramFrom = sample * uniforms.window * uniforms.window;
  let base = sample * uniforms.window * width;
  var mean = 0.0;
  for (var i = 0; i < n; i++) { mean += gram[gramFrom + i * uniforms.window + i] / f32(n); }
  // Scaled to a mean diagonal of 1: the weights do not change, and float32 keeps its digits.
  let scale = select(1.0, mean, mean > 0.0);
  let unit = work[sample * uniforms.stride + 1].y;
  let ridge = min(select(uniforms.ridge * unit / scale * unit, uniforms.ridge, uniforms.relative == 1), ${ridgeCeiling.toExponential()});
  // The system to the right of what it is reduced to.
  var anchor = uniforms.slot;
  for (var age = 0; age < n; age++) {
    let i = (uniforms.slot + n - age) % n;
    for (var j = 0; j < n; j++) {
      system[base + i * width + uniforms.window + j] =
        gram[gramFrom + i * uniforms.window + j] / scale + select(0.0, ridge, i == j);
    }
    if (entry(base, width, i, i) < entry(base, width, anchor, anchor)) { anchor = i; }
  }
  let least = entry(base, width, anchor, anchor);
  for (var i = 0; i < n; i++) {
    let side = least - entry(base, width, i, anchor);
    for (var j = 0; j < n; j++) {
      system[base + i * width + j] =
        entry(base, width, i, j) - entry(base, width, anchor, j) + side;
    }
    system[base + i * width + right] = side;
  }
  var singular = true;
  // Newest first: what depends on newer ones is left out.
  for (var age = 0; age < n; age++) {
    let i = (uniforms.slot + n - age) % n;
    let pivot = system[base + i * width + i];
    let usable = pivot > ${pivotFloor} * (entry(base, width, i, i) + least);
    if (!usable) {
      for (var j = 0; j < n; j++) { system[base + i * width + j] = 0.0; }
      system[base + i * width + right] = 0.0;
      continue;
    }
    singular = false;
    for (var j = 0; j < n; j++) { system[base + i * width + j] /= pivot; }
    system[base + i * width + right] /= pivot;
    for (var row = 0; row < n; row++) {
      if (row == i) { continue; }
      let factor = system[base + row * width + i];
      for (var j = 0; j < n; j++) {
        system[base + row * width + j] -= factor * system[base + i * width + j];
      }
      system[base + row * width + right] -= factor * system[base + i * width + right];
    }
  }
  var sum = 0.0;
  for (var i = 0; i < n; i++) { sum += system[base + i * width + right]; }
  for (var i = 0; i < n; i++) {
    work[sample * uniforms.stride + 2 + i].x =
      system[base + i * width + right] + select(0.0, 1.0 - sum, i == anchor);
  }
  return singular;
}
fn entry(base: i32, width: i32, i: i32, j: i32) -> f32 {
  return system[base + i * width + uniforms.window + j];
}`;
