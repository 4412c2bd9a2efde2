/**
 * Compute shaders of our own on tfjs's WebGPU backend, as operations that its tape records. tfjs
 * gives the buffers, the pipeline cache and the command queue.
 */
import * as core from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from './index.ts';

/** How many numbers an element of a bound buffer holds: `f32` (or `i32`) or `vec4<f32>`. */
export type Components = 1 | 4;

/** The WGSL type of such elements. */
export const typeOf = (components: Components): string => (components === 4 ? 'vec4<f32>' : 'f32');

/** Elements of four where `width` allows it. */
export const componentsFor = (width: number): Components => (width % 4 === 0 ? 4 : 1);

/** WGSL that is written out `count` times: registers, where a loop over an array would be memory. */
export const eachOf = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n  ');

/** One dispatch of a compute shader. Its buffers are flat: the shader does its own indexing. */
export interface Launch {
  /** Names the source; holds everything the source depends on. Sizes don't: they are uniforms. */
  readonly key: string;
  /** Tensors read, by their WGSL name. */
  readonly reads: Readonly<Record<string, readonly [tf.Tensor, Components]>>;
  /** Integers, as `uniforms.name`. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Floats, as `uniforms.name`. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** Shape and elements of the array `result`. */
  readonly result: readonly [shape: readonly number[], components: Components];
  /** Further arrays written, by their WGSL name. */
  readonly also?: Readonly<Record<string, readonly [shape: readonly number[], Components]>>;
  /** Invocations that have work; a few more run, and `main` must return from those at once. */
  readonly threads: number;
  /** Invocations that share workgroup memory; 32 where they share none. */
  readonly workgroup?: number;
  /** WGSL with `fn main(index: i32)`. */
  readonly source: () => string;
}

/** The part of tfjs's WebGPU backend we use. */
export interface Backend extends Pick<WebGPUBackend, 'makeTensorInfo' | 'runWebGPUProgram'> {
  readonly tensorMap: { readonly get: (id: object) => { readonly dtype: core.DataType } };
}

/** A dispatch that changes tensors in place and makes none. */
export interface Update extends Omit<Launch, 'result' | 'also'> {
  /**
   * Arrays read and written, by their WGSL name. Whoever updates a tensor owns its data alone: other
   * handles to it change with it. Must have been made by the GPU, not uploaded and read back.
   */
  readonly writes: Readonly<Record<string, readonly [tf.Tensor, Components]>>;
}

const launchKernel = 'DeqLaunch';
const updateKernel = 'DeqUpdate';
const allocateKernel = 'DeqAllocate';

/**
 * Run one dispatch on the `webgpu` backend: `result`, then what is in `also`. It has no gradient:
 * differentiating twice throws, except along what a kernel saved of its own results, where tfjs's
 * tape has no path at all.
 */
export function compute(launch: Launch): tf.Tensor[] {
  const inputs = Object.fromEntries(
    Object.entries(launch.reads).map(([name, [tensor]]) => [name, tensor]),
  );
  const attributes = { launch } as unknown as core.NamedAttrMap;
  return core.engine().runKernel(launchKernel, inputs, attributes);
}

/** The result of a dispatch that writes nothing else. */
export const computeOne = (launch: Launch): tf.Tensor => compute(launch)[0] as tf.Tensor;

/** Run one dispatch on the `webgpu` backend that changes tensors in place. */
export function update(change: Update): void {
  const inputs = Object.fromEntries(
    Object.entries({ ...change.reads, ...change.writes }).map(([name, [tensor]]) => [name, tensor]),
  );
  const attributes = { change } as unknown as core.NamedAttrMap;
  // A kernel must return something; these are handles that are never used.
  tf.dispose(core.engine().runKernel<core.Tensor[]>(updateKernel, inputs, attributes));
}

core.registerKernel({
  kernelName: launchKernel,
  backendName: 'webgpu',
  kernelFunc: ({ attrs, backend }) =>
    launchOn(backend as unknown as Backend, (attrs as unknown as { launch: Launch }).launch),
});

/** Run one dispatch from within a kernel: what `compute` does, without word to the tape. */
export function launchOn(backend: Backend, launch: Launch): core.TensorInfo[] {
  const { result, also = {} } = launch;
  const outputs = [result, ...Object.values(also)].map(([shape]) =>
    backend.makeTensorInfo([...shape], 'float32'),
  );
  const names = ['result', ...Object.keys(also)];
  const components = [result, ...Object.values(also)].map(([, each]) => each);
  execute(
    backend,
    launch,
    outputs.map((info, i) => ({
      name: names[i] as string,
      info,
      components: components[i] as Components,
    })),
  );
  return outputs;
}

core.registerKernel({
  kernelName: updateKernel,
  backendName: 'webgpu',
  kernelFunc: ({ attrs, backend }) => {
    const { change } = attrs as unknown as { change: Update };
    execute(
      backend as unknown as Backend,
      change,
      Object.entries(change.writes).map(([name, [info, components]]) => ({
        name,
        info,
        components,
      })),
    );
    return [];
  },
});

/**
 * Room for `shape` floats on the GPU, with nothing in particular in it: for `update` to write. Outside
 * a tidy the caller owns it.
 */
export function allocate(shape: readonly number[]): tf.Tensor {
  const attributes = { shape } as unknown as core.NamedAttrMap;
  return core.engine().runKernel(allocateKernel, {}, attributes);
}

core.registerKernel({
  kernelName: allocateKernel,
  backendName: 'webgpu',
  kernelFunc: ({ attrs, backend }) =>
    (backend as unknown as Backend).makeTensorInfo(
      [...(attrs as unknown as { shape: number[] }).shape],
      'float32',
    ),
});

/** A buffer that a dispatch writes. */
interface Written {
  readonly name: string;
  readonly info: core.TensorInfo;
  readonly components: Components;
}

/**
 * The tensor with floats in its buffer: tfjs casts integers to floats by name only, and leaves it to
 * its own kernels to convert what they read.
 */
function floating(backend: Backend, x: tf.Tensor): tf.Tensor {
  return x.dtype === 'float32' && backend.tensorMap.get(x.dataId).dtype !== 'float32'
    ? tf.add(x, 0)
    : x;
}

function execute(
  backend: Backend,
  { key, reads, sizes, numbers = {}, threads, workgroup = 32, source }: Omit<Launch, 'result'>,
  written: readonly Written[],
): void {
  const read = Object.values(reads);
  // tfjs keys its pipelines by ranks and by which shapes are equal, and binds one result only. So
  // every buffer goes in as if it had one element, and further results as inputs: what is declared
  // for those is never used, and the same binding is declared again, for writing.
  const flat = ({ dataId, dtype }: core.TensorInfo): core.TensorInfo => ({
    dataId,
    dtype,
    shape: [1],
  });
  const [first, ...others] = written as [Written, ...Written[]];
  const declare = ({ name, components }: Written, binding: number): string =>
    `@group(0) @binding(${binding}) var<storage, read_write> ${name}: array<${typeOf(components)}>;`;
  const bindings = [
    ...(first.name === 'result' ? [] : [declare(first, 0)]),
    ...others.map((other, i) => declare(other, 1 + read.length + i)),
  ];
  backend.runWebGPUProgram(
    {
      shaderKey: `deq ${key}`,
      variableNames: [...Object.keys(reads), ...others.map(({ name }) => `${name}Unused`)],
      variableComponents: [
        ...read.map(([, components]) => components),
        ...others.map(({ components }) => components),
      ],
      outputShape: [1],
      outputComponent: first.components,
      workgroupSize: [workgroup, 1, 1],
      dispatchLayout: { x: [0] },
      dispatch: [Math.ceil(threads / workgroup), 1, 1],
      uniforms: [
        ...Object.keys(sizes).map((name) => `${name}: i32, `),
        ...Object.keys(numbers).map((name) => `${name}: f32, `),
      ].join(''),
      getUserCode: () => [...bindings, source()].join('\n'),
    },
    [
      ...read.map(([tensor]) => flat(floating(backend, tensor))),
      ...others.map(({ info }) => flat(info)),
    ],
    'float32',
    [
      ...Object.values(sizes).map((size) => ({ type: 'int32', data: [size] })),
      ...Object.values(numbers).map((value) => ({ type: 'float32', data: [value] })),
    ],
    flat(first.info),
  );
}
