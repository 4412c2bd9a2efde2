/**
 * tfjs-wasm's `Slice` copies the whole tensor out of WebAssembly's memory before it takes its part, and `SplitV` once for
 * each piece: a tenth of a large tensor costs ten times what it should. Here parts are copied within that memory, with the same
 * numbers.
 */
import * as core from '@tensorflow/tfjs-core';

/** The part of tfjs's WebAssembly backend that is used. */
interface Backend {
  makeOutput(shape: readonly number[], dtype: core.DataType): core.TensorInfo;
  typedArrayFromHeap(info: core.TensorInfo): Float32Array | Int32Array | Uint8Array;
}

/** Put both in the place of tfjs-wasm's own; a second time nothing happens. */
export function sliceWithinMemory(): void {
  const own = core.getKernel(core.Slice, 'wasm');
  const split = core.getKernel(core.SplitV, 'wasm');
  if (replaced.has(own.kernelFunc)) return;
  const sliced: core.KernelFunc = (given) => {
    const x = given.inputs['x'] as core.TensorInfo;
    if (x.dtype === 'string' || x.dtype === 'complex64') return own.kernelFunc(given);
    const { begin, size } = given.attrs as unknown as core.SliceAttrs;
    const parts = core.slice_util.parseSliceParams(x, begin, size);
    return cut(given.backend as unknown as Backend, x, parts[0] ?? [], parts[1] ?? []);
  };
  const splitted: core.KernelFunc = (given) => {
    const x = given.inputs['x'] as core.TensorInfo;
    if (x.dtype === 'string' || x.dtype === 'complex64') return split.kernelFunc(given);
    const { numOrSizeSplits, axis } = given.attrs as unknown as core.SplitVAttrs;
    const along = core.util.parseAxisParam(axis, x.shape)[0] ?? 0;
    const sizes = core.backend_util.prepareSplitSize(x, numOrSizeSplits, along);
    const begin = x.shape.map(() => 0);
    return sizes.map((count) => {
      const piece = x.shape.map((length, i) => (i === along ? count : length));
      const found = cut(given.backend as unknown as Backend, x, [...begin], piece);
      begin[along] = (begin[along] ?? 0) + count;
      return found;
    });
  };
  for (const [kernel, kernelFunc] of [
    [own, sliced],
    [split, splitted],
  ] as const) {
    replaced.add(kernelFunc);
    core.unregisterKernel(kernel.kernelName, 'wasm');
    core.registerKernel({ ...kernel, kernelFunc });
  }
}

const replaced = new WeakSet<core.KernelFunc>();

/** `size` entries along each axis from `begin` on, in runs as long as they lie together. */
function cut(
  backend: Backend,
  x: core.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): core.TensorInfo {
  const out = backend.makeOutput(size, x.dtype);
  if (core.util.sizeFromShape([...size]) === 0) return out;
  // After the output was made: memory that had to grow is another buffer.
  const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(out)];
  const strides = [...core.util.computeStrides(x.shape), 1];
  // Whole axes at the end lie together with the last one that is cut.
  let last = x.shape.length - 1;
  while (last > 0 && size[last] === x.shape[last]) last--;
  const run = (size[last] ?? 1) * (strides[last] ?? 1);
  const at = begin.map((first, i) => first * (strides[i] ?? 1));
  const start = at.reduce((a, b) => a + b, 0);
  const places = Array<number>(last).fill(0);
  let [offset, written] = [start, 0];
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
