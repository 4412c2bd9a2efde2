/**
 * Sines and cosines to float32's precision, on every backend. WGSL promises of its own 2⁻¹¹ alone, and only within one
 * turn; tfjs-wasm's calls a library for each number, which is most of what an injection of waves takes. Both by Cody and
 * Waite: x less the nearest multiple of π, in pieces of π that lose nothing, then a short series.
 */
import * as core from '@tensorflow/tfjs-core';
import { launchOn, type Backend } from './programs.ts';
import type { WasmKernel } from './wasmKernels.ts';

/** Of the series, from r³ on: up to r¹³ the error within π/2 is 7 × 10⁻¹⁰. */
const series = [-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800];

/** sin(r + k π) for whole k, |r| up to π/2. */
function sineOf(r: number, k: number): number {
  const s = r * r;
  let sum = 0;
  for (let i = series.length - 1; i >= 0; i--) sum = (sum + (series[i] as number)) * s;
  const sine = r + r * sum;
  return (k & 1) === 0 ? sine : -sine;
}

/** Up to where float64 still has the nearest multiple of π to nine digits. */
const reach = 1e6;

/** sin(x + shift), shift 0 or π/2, in place of tfjs-wasm's. */
const wasm =
  (shift: number, far: (x: number) => number): WasmKernel =>
  (stock) =>
  (call) => {
    const x = call.inputs['x'] as core.TensorInfo;
    if (x.dtype !== 'float32') return stock(call);
    const out = call.backend.makeOutput([...x.shape], 'float32');
    // After the output was made: memory that had to grow is another buffer.
    const from = call.backend.typedArrayFromHeap(x);
    const to = call.backend.typedArrayFromHeap(out);
    for (let i = 0; i < from.length; i++) {
      const value = from[i] as number;
      if (!(Math.abs(value) <= reach)) to[i] = far(value);
      else {
        const turned = value + shift;
        const k = Math.round(turned / Math.PI);
        to[i] = sineOf(turned - k * Math.PI, k);
      }
    }
    return out;
  };

/** In place of tfjs-wasm's `Sin` and `Cos`. */
export const wasmSine = wasm(0, Math.sin);
export const wasmCosine = wasm(Math.PI / 2, Math.cos);

/**
 * π in three pieces of which float32 multiplies the first two by k up to 8,192 without rounding (the Cephes library's,
 * times four).
 */
const pieces = [3.140625, 9.67502593994140625e-4, 1.509957990978376432e-7];

/** WGSL: the sine of x, or its cosine, whose k is the nearest whole number and a half. */
const wgsl = (kind: 'sin' | 'cos'): string => `
fn main(index: i32) {
  if (index >= uniforms.count) { return; }
  let x = given[index];
  if (!(abs(x) <= 25000.0)) { result[index] = ${kind}(x); return; }
  let k = round(x * ${1 / Math.PI}${kind === 'cos' ? ' - 0.5' : ''});
  let turns = k${kind === 'cos' ? ' + 0.5' : ''};
  let r = ((x - turns * ${pieces[0]}) - turns * ${pieces[1]}) - turns * ${pieces[2]};
  let s = r * r;
  let sum = ${series.reduceRight((inner, c) => `s * (${c}${inner === '' ? '' : ` + ${inner}`})`, '')};
  let sine = r + r * sum;
  // sin(r + (k + ½) π) is −1 to the k times cos r; of the cosine, sin is what has its sign turned.
  result[index] = select(sine, -sine, (i32(k) & 1) == ${kind === 'cos' ? 0 : 1});
}`;

/** Puts ours in the place of tfjs-webgpu's `Sin` and `Cos`, once. */
export function improveWebgpuSines(): void {
  if (improved) return;
  improved = true;
  for (const [name, kind] of [
    [core.Sin, 'sin'],
    [core.Cos, 'cos'],
  ] as const) {
    core.unregisterKernel(name, 'webgpu');
    core.registerKernel({
      kernelName: name,
      backendName: 'webgpu',
      kernelFunc: ({ inputs, backend }) => {
        const x = inputs['x'] as core.Tensor;
        const [result] = launchOn(backend as unknown as Backend, {
          key: `${kind} to the last digit`,
          reads: { given: [x, 1] },
          sizes: { count: x.size },
          result: [x.shape, 1],
          threads: x.size,
          source: () => wgsl(kind),
        });
        return result as core.TensorInfo;
      },
    });
  }
}
let improved = false;
