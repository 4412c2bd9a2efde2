/** Kernels of tfjs-wasm that ours take the place of, and how. */
import * as core from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { wasmCosine, wasmSine } from './sine.ts';
import { turnedProduct } from './wasmProducts.ts';
import { slice, splitV } from './wasmSlices.ts';

/** What a kernel is called with. */
export interface WasmCall {
  readonly inputs: core.NamedTensorInfoMap;
  readonly backend: BackendWasm;
  readonly attrs: core.NamedAttrMap;
}

/** A kernel in the place of tfjs's own, which it may leave a call to. Made before the backend starts. */
export type WasmKernel = (
  stock: (call: WasmCall) => core.TensorInfo | core.TensorInfo[],
) => typeof stock;

/**
 * Every tensor that a tape keeps passes through `Identity`, and tfjs-wasm's copies: a layer's kept activations would
 * count up to four times. Tensors never change, so a handle on the same data does, as it does on the other backends
 * (and in tfjs-wasm's own `Reshape`).
 */
const share: WasmKernel =
  () =>
  ({ inputs, backend }) => {
    const { dataId, shape, dtype } = inputs['x'] as core.TensorInfo;
    backend.incRef(dataId);
    return { dataId, shape, dtype };
  };

const ours: readonly (readonly [name: string, make: WasmKernel])[] = [
  [core.Identity, share],
  [core.BatchMatMul, turnedProduct],
  [core.Slice, slice],
  [core.SplitV, splitV],
  [core.Sin, wasmSine],
  [core.Cos, wasmCosine],
];

/** Puts ours in the place of tfjs's, once; before the backend starts. */
export function improveWasmKernels(): void {
  if (improved) return;
  improved = true;
  for (const [name, make] of ours) {
    const stock = core.getKernel(name, 'wasm');
    core.unregisterKernel(name, 'wasm');
    const kernelFunc = make(stock.kernelFunc) as core.KernelFunc;
    core.registerKernel({ ...stock, kernelFunc });
  }
}
let improved = false;
