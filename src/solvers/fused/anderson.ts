import * as tf from '../../tf/index.ts';
import { allocate, componentsFor, typeOf, update } from '../../tf/programs.ts';
import type { AndersonOptions } from '../anderson.ts';
import { pivotFloor } from '../gram.ts';
import { flagsOf, judgePoint, judgeUniforms, parts, product, type Kernels } from './kernels.ts';
import type { FusedMethod } from './stepper.ts';

/** Buffers of one solve. */
interface Buffers {
  /** The last points and their residuals `[batch, window, n]`, rings. */
  readonly zs: tf.Tensor;
  readonly gs: tf.Tensor;
  /** Products of the residuals `[batch, window, window]`; one row changes an iteration. */
  readonly gram: tf.Tensor;
  /** The system being solved `[batch, window, window + 1]`. */
  readonly system: tf.Tensor;
  /** Vectors of four, for each sample: its flags; whether its system is singular; its weights. */
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
        system: allocate([batch, window, window + 1]),
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
  const { batch, n, z, norms, iteration } = kernels;
  const { zs, gs, gram, system, work, stride } = buffers;
  const components = componentsFor(n);
  const type = typeOf(components);
  const slot = iteration % window;
  const count = Math.min(iteration + 1, window);
  const partial = allocate([batch, count, parts, 2]);
  update({
    key: `anderson products ${components}`,
    reads: { fz: [fz, components], z: [z, components] },
    writes: { zs: [zs, components], gs: [gs, components], partial: [partial, 1] },
    sizes: { batch, n: n / components, window, count, slot },
    threads: batch * count * parts,
    source: () => `${product(components)}
fn main(index: i32) {
  if (index >= uniforms.batch * uniforms.count * ${parts}) { return; }
  let row = index / ${parts} % uniforms.count;
  let sample = index / (${parts} * uniforms.count);
  let base = sample * uniforms.n;
  let rowFrom = (sample * uniforms.window + row) * uniforms.n;
  var inner = 0.0;
  var size = 0.0;
  for (var i = index % ${parts}; i < uniforms.n; i += ${parts}) {
    let value: ${type} = fz[base + i];
    let point = z[base + i];
    let here = value - point;
    if (row == uniforms.slot) {
      inner += product(here, here);
      size += product(value, value);
      zs[rowFrom + i] = point;
      gs[rowFrom + i] = here;
    } else {
      inner += product(here, gs[rowFrom + i]);
    }
  }
  partial[2 * index] = inner;
  partial[2 * index + 1] = size;
}`,
  });
  const { sizes, numbers } = judgeUniforms(kernels);
  update({
    key: 'anderson solve',
    reads: { partial: [partial, 1] },
    writes: {
      gram: [gram, 1],
      system: [system, 1],
      work: [work, 4],
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
${weights}
fn main(index: i32) {
  if (index >= uniforms.batch) { return; }
  var residual = 0.0;
  var size = 0.0;
  let gramFrom = index * uniforms.window * uniforms.window;
  for (var row = 0; row < uniforms.count; row++) {
    var inner = 0.0;
    for (var i = 0; i < ${parts}; i++) {
      let at = 2 * ((index * uniforms.count + row) * ${parts} + i);
      inner += partial[at];
      size += partial[at + 1];
    }
    gram[gramFrom + row * uniforms.window + uniforms.slot] = inner;
    gram[gramFrom + uniforms.slot * uniforms.window + row] = inner;
    if (row == uniforms.slot) { residual = inner; }
  }
  let at = index * uniforms.stride;
  // What the step to this point was: plain if the system before it was singular.
  let fell = select(work[at + 1].x, 0.0, uniforms.iteration < 2 || uniforms.window == 1);
  judgePoint(index, sqrt(residual), sqrt(size), fell);
  if (uniforms.count > 1) { work[at + 1].x = select(0.0, 1.0, solveWeights(index)); }
}`,
  });
  partial.dispose();
}

/**
 * `fn solveWeights(sample) -> bool`: the weights of `gram.ts`, by Gauss–Jordan without pivoting; true for
 * a vanishing pivot, which leaves weights that mean nothing.
 */
const weights = `
fn solveWeights(sample: i32) -> bool {
  let n = uniforms.count;
  let width = n + 1;
  let gramFrom = sample * uniforms.window * uniforms.window;
  let base = sample * uniforms.window * (uniforms.window + 1);
  var mean = 0.0;
  for (var i = 0; i < n; i++) { mean += gram[gramFrom + i * uniforms.window + i] / f32(n); }
  // Scaled to a mean diagonal of 1: the weights do not change, and float32 keeps its digits.
  let scale = select(1.0, mean, mean > 0.0);
  let ridge = select(uniforms.ridge / scale, uniforms.ridge, uniforms.relative == 1);
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < n; j++) {
      system[base + i * width + j] =
        gram[gramFrom + i * uniforms.window + j] / scale + select(0.0, ridge, i == j);
    }
    system[base + i * width + n] = 1.0;
  }
  var singular = false;
  for (var i = 0; i < n; i++) {
    let pivot = system[base + i * width + i];
    let diagonal = gram[gramFrom + i * uniforms.window + i] / scale + ridge;
    let usable = pivot > ${pivotFloor} * abs(diagonal);
    singular = singular || !usable;
    let divisor = select(1.0, pivot, usable);
    for (var j = i; j < width; j++) { system[base + i * width + j] /= divisor; }
    for (var row = 0; row < n; row++) {
      if (row == i) { continue; }
      let factor = system[base + row * width + i];
      for (var j = i; j < width; j++) {
        system[base + row * width + j] -= factor * system[base + i * width + j];
      }
    }
  }
  var sum = 0.0;
  for (var i = 0; i < n; i++) { sum += system[base + i * width + n]; }
  for (var i = 0; i < n; i++) {
    work[sample * uniforms.stride + 2 + i].x = system[base + i * width + n] / sum;
  }
  return singular;
}`;
