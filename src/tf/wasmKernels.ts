/**
 * Kernels of tfjs-wasm that are told to do what they can: its quick product knows plain matrices alone, one pair at a
 * time, and its `Identity` copies.
 */
import * as core from '@tensorflow/tfjs-core';

/** What tfjs-wasm's own backend has beyond what tfjs says of every one. */
interface WasmBackend {
  readonly incRef: (data: core.DataId) => void;
  readonly disposeData: (data: core.DataId) => boolean;
  readonly makeOutput: (shape: number[], dtype: core.DataType) => core.TensorInfo;
  readonly typedArrayFromHeap: (tensor: core.TensorInfo) => Float32Array;
}

/** Puts ours in the place of tfjs's, once; before the backend starts. */
export function improveWasmKernels(): void {
  if (improved) return;
  improved = true;
  replace(core.Identity, () => share);
  replace(core.BatchMatMul, turnedProduct);
}
let improved = false;

function replace(name: string, make: (stock: core.KernelFunc) => core.KernelFunc): void {
  const stock = core.getKernel(name, 'wasm');
  core.unregisterKernel(name, 'wasm');
  core.registerKernel({ ...stock, kernelFunc: make(stock.kernelFunc) });
}

/**
 * Every tensor that a tape keeps passes through `Identity`, and tfjs-wasm's copies: a layer's kept activations would
 * count up to four times. Tensors never change, so a handle on the same data does, as it does on the other backends
 * (and in tfjs-wasm's own `Reshape`).
 */
const share: core.KernelFunc = ({ inputs, backend }) => {
  const { dataId, shape, dtype } = inputs['x'] as core.TensorInfo;
  (backend as WasmBackend).incRef(dataId);
  return { dataId, shape, dtype };
};

/** From so many numbers on in the right factor turning a factor costs less than the slow loop over it turned. */
const WORTH_TURNING = 1024;
/** The same for products of stacks, whose every pair is cut out first. */
const WORTH_CUTTING = 2048;
/**
 * Rows of the left factor, and columns of the right one, from which on a pair of a stack is worth it. A Gram matrix of
 * a few states has fewer columns: its factor, a solver's whole history, is better not copied.
 */
const LEAST_ROWS = 4;
const LEAST_COLUMNS = 16;

/**
 * A product with a turned factor, as every gradient of a product is, or of a stack of matrices. tfjs-wasm has a quick
 * one (XNNPACK's) for two plain matrices and a loop, ten times as slow, for all others; so factors are turned first, and
 * stacks are multiplied pair by pair. Which way is taken depends on one pair's shape and, for a weight, on the weight
 * alone, never on the batch: a sample has the same bits in any.
 */
const turnedProduct =
  (stock: core.KernelFunc): core.KernelFunc =>
  (call) => {
    const { inputs, backend, attrs } = call;
    const { a, b } = inputs as Readonly<Record<'a' | 'b', core.TensorInfo>>;
    const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
    const rank = a.shape.length;
    const inRight = size(b.shape.slice(-2));
    if (rank === 2 && b.shape.length === 2) {
      return (transposeA || transposeB) && inRight >= WORTH_TURNING
        ? plainProduct(a, b, transposeA, transposeB, backend, stock)
        : stock(call);
    }
    const rows = a.shape[transposeA ? rank - 1 : rank - 2] ?? 0;
    const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)] ?? 0;
    const outer = a.shape.slice(0, -2);
    if (
      rows < LEAST_ROWS ||
      columns < LEAST_COLUMNS ||
      inRight < WORTH_CUTTING ||
      outer.join() !== b.shape.slice(0, -2).join()
    )
      return stock(call);
    const wasm = backend as WasmBackend;
    const count = size(outer);
    const out = wasm.makeOutput([...outer, rows, columns], 'float32');
    for (let at = 0; at < count; at++) {
      const [left, right] = [pair(a, at, count, backend), pair(b, at, count, backend)];
      const one = plainProduct(left, right, transposeA, transposeB, backend, stock);
      // Looked up anew: the heap may have grown.
      wasm.typedArrayFromHeap(out).set(wasm.typedArrayFromHeap(one), at * rows * columns);
      for (const { dataId } of [left, right, one]) wasm.disposeData(dataId);
    }
    return out;
  };

const size = (shape: readonly number[]): number => shape.reduce((sum, one) => sum * one, 1);

/** Matrix number `at` of a stack. */
function pair(
  stack: core.TensorInfo,
  at: number,
  count: number,
  backend: unknown,
): core.TensorInfo {
  const wasm = backend as WasmBackend;
  const shape = stack.shape.slice(-2);
  const one = wasm.makeOutput(shape, 'float32');
  const length = size(shape);
  const from = wasm.typedArrayFromHeap(stack).subarray((at % count) * length, (at + 1) * length);
  wasm.typedArrayFromHeap(one).set(from);
  return one;
}

/** The product of two matrices, turned first where they are to be. */
function plainProduct(
  a: core.TensorInfo,
  b: core.TensorInfo,
  turnA: boolean,
  turnB: boolean,
  backend: unknown,
  stock: core.KernelFunc,
): core.TensorInfo {
  const [left, right] = [turnA ? turned(a, backend) : a, turnB ? turned(b, backend) : b];
  const product = stock({
    inputs: { a: left, b: right },
    backend: backend as object,
    attrs: { transposeA: false, transposeB: false },
  }) as core.TensorInfo;
  for (const one of [left, right])
    if (one !== a && one !== b) (backend as WasmBackend).disposeData(one.dataId);
  return product;
}

const turned = (x: core.TensorInfo, backend: unknown): core.TensorInfo =>
  core.getKernel(core.Transpose, 'wasm').kernelFunc({
    inputs: { x },
    backend: backend as object,
    attrs: { perm: [1, 0] },
  }) as core.TensorInfo;
