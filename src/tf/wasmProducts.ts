/** tfjs-wasm's quick product knows plain matrices alone, one pair at a time: here it is told to do what it can. */
import * as core from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WasmCall, WasmKernel } from './wasmKernels.ts';
import { cut } from './wasmSlices.ts';

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
export const turnedProduct: WasmKernel = (stock) => {
  const transpose = core.getKernel(core.Transpose, 'wasm').kernelFunc as typeof stock;
  const turned = (x: core.TensorInfo, backend: BackendWasm): core.TensorInfo =>
    transpose({ inputs: { x }, backend, attrs: { perm: [1, 0] } }) as core.TensorInfo;

  /** The product of two matrices, turned first where they are to be. */
  const plainProduct = (
    a: core.TensorInfo,
    b: core.TensorInfo,
    { backend, attrs: { transposeA, transposeB } }: Pick<WasmCall, 'backend' | 'attrs'>,
  ): core.TensorInfo => {
    const left = transposeA ? turned(a, backend) : a;
    const right = transposeB ? turned(b, backend) : b;
    const attrs = { transposeA: false, transposeB: false };
    const product = stock({ inputs: { a: left, b: right }, backend, attrs }) as core.TensorInfo;
    if (transposeA) backend.disposeData(left.dataId);
    if (transposeB) backend.disposeData(right.dataId);
    return product;
  };

  return (call) => {
    const { inputs, backend, attrs } = call;
    const { a, b } = inputs as Readonly<Record<'a' | 'b', core.TensorInfo>>;
    const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
    const rank = a.shape.length;
    const inRight = core.util.sizeFromShape(b.shape.slice(-2));
    if (rank === 2 && b.shape.length === 2) {
      return (transposeA || transposeB) && inRight >= WORTH_TURNING
        ? plainProduct(a, b, call)
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
    const out = backend.makeOutput([...outer, rows, columns], 'float32');
    for (let at = 0; at < core.util.sizeFromShape(outer); at++) {
      const [left, right] = [matrixOf(a, at, backend), matrixOf(b, at, backend)];
      const one = plainProduct(left, right, call);
      // Looked up anew: the heap may have grown.
      backend.typedArrayFromHeap(out).set(backend.typedArrayFromHeap(one), at * rows * columns);
      for (const { dataId } of [left, right, one]) backend.disposeData(dataId);
    }
    return out;
  };
};

/** Matrix number `at` of a stack. */
function matrixOf(stack: core.TensorInfo, at: number, backend: BackendWasm): core.TensorInfo {
  const shape = stack.shape.slice(-2);
  const flat = [core.util.sizeFromShape(stack.shape.slice(0, -2)), ...shape];
  return { ...cut(backend, { ...stack, shape: flat }, [at, 0, 0], [1, ...shape]), shape };
}
