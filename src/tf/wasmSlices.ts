/**
 * tfjs-wasm's `Slice` copies the whole tensor out of WebAssembly's memory before it takes its part, and `SplitV` once for
 * each piece: a tenth of a large tensor costs ten times what it should. Here parts are copied within that memory, with the same
 * numbers.
 */
import * as core from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WasmKernel } from './wasmKernels.ts';

/** A part of a tensor. */
export const slice: WasmKernel = (stock) => (call) => {
  const { inputs, backend, attrs } = call;
  const x = inputs['x'] as core.TensorInfo;
  if (!inMemory(x)) return stock(call);
  const { begin, size } = attrs as unknown as core.SliceAttrs;
  const parts = core.slice_util.parseSliceParams(x, begin, size);
  return cut(backend, x, parts[0] ?? [], parts[1] ?? []);
};

/** The pieces of a tensor along an axis. */
export const splitV: WasmKernel = (stock) => (call) => {
  const { inputs, backend, attrs } = call;
  const x = inputs['x'] as core.TensorInfo;
  if (!inMemory(x)) return stock(call);
  const { numOrSizeSplits, axis } = attrs as unknown as core.SplitVAttrs;
  const along = core.util.parseAxisParam(axis, x.shape)[0] ?? 0;
  const sizes = core.backend_util.prepareSplitSize(x, numOrSizeSplits, along);
  const begin = x.shape.map(() => 0);
  return sizes.map((count) => {
    const piece = x.shape.map((length, i) => (i === along ? count : length));
    const found = cut(backend, x, begin, piece);
    begin[along] = (begin[along] ?? 0) + count;
    return found;
  });
};

/** Whether the numbers of a tensor lie in WebAssembly's memory. */
const inMemory = ({ dtype }: core.TensorInfo): boolean =>
  dtype !== 'string' && dtype !== 'complex64';

/** `size` entries along each axis of a tensor of numbers, from `begin` on, in runs as long as they lie together. */
export function cut(
  backend: BackendWasm,
  x: core.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): core.TensorInfo {
  const out = backend.makeOutput([...size], x.dtype);
  if (core.util.sizeFromShape(out.shape) === 0) return out;
  // After the output was made: memory that had to grow is another buffer.
  const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(out)];
  const strides = [...core.util.computeStrides(x.shape), 1];
  // Whole axes at the end lie together with the last one that is cut.
  let last = x.shape.length - 1;
  while (last > 0 && size[last] === x.shape[last]) last--;
  const run = (size[last] ?? 1) * (strides[last] ?? 1);
  const places = Array<number>(last).fill(0);
  let [offset, written] = [core.slice_util.computeFlatOffset([...begin], strides), 0];
  for (;;) {
    to.set(from.subarray(offset, offset + run), written);
    written += run;
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      const next = (places[axis] ?? 0) + 1;
      offset += strides[axis] ?? 0;
      if (next < (size[axis] ?? 1)) {
        places[axis] = next;
        break;
      }
      offset -= next * (strides[axis] ?? 0);
      places[axis] = 0;
    }
    if (axis < 0) return out;
  }
}
