/** What the WebGPU of this page or worker was asked to do. All zero where there is no WebGPU. */
export interface GpuCounts {
  /** Compute dispatches recorded. */
  readonly dispatches: number;
  /** Buffers mapped for reading: each waits for the GPU. */
  readonly readbacks: number;
  /** Compute pipelines compiled, in the background or not. */
  readonly pipelines: number;
}

type Counted = keyof GpuCounts;

/** Counted since the first counter that now lives was made; never goes back. */
const totals: Record<Counted, number> = { dispatches: 0, readbacks: 0, pipelines: 0 };
let living = 0;
let restore: () => void = () => undefined;

/**
 * Counts dispatches, read-backs and pipelines for as long as it lives, whoever makes them: tfjs, our own
 * kernels or another library on a device of its own. Counts of the page or worker it is made in; another
 * worker's are another's. Several may live at once.
 */
export class GpuCounters implements Disposable {
  readonly #start: GpuCounts;
  #disposed = false;

  constructor() {
    if (living++ === 0) restore = watch();
    this.#start = { ...totals };
  }

  /** Counts since this counter was made. */
  sample(): GpuCounts {
    return subtract(totals, this.#start);
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (--living === 0) restore();
  }
}

/** `a − b`, count by count: what happened between two samples of one counter. */
export const subtract = (a: GpuCounts, b: GpuCounts): GpuCounts => ({
  dispatches: a.dispatches - b.dispatches,
  readbacks: a.readbacks - b.readbacks,
  pipelines: a.pipelines - b.pipelines,
});

/**
 * Put counting methods into WebGPU's classes; returns what takes them out again. The classes and not one
 * device's methods, because a device is often owned by a library that hands it to nobody.
 */
function watch(): () => void {
  // Absent in Node and in browsers without WebGPU.
  const scope = globalThis as unknown as Record<string, { prototype: object } | undefined>;
  const always = (): boolean => true;
  const undo = [
    count(scope['GPUComputePassEncoder'], 'dispatchWorkgroups', 'dispatches', always),
    count(scope['GPUComputePassEncoder'], 'dispatchWorkgroupsIndirect', 'dispatches', always),
    count(scope['GPUDevice'], 'createComputePipeline', 'pipelines', always),
    count(scope['GPUDevice'], 'createComputePipelineAsync', 'pipelines', always),
    // Bit 1 of the mode is GPUMapMode.READ; mapping for writing waits for no result.
    count(scope['GPUBuffer'], 'mapAsync', 'readbacks', ([mode]) => (Number(mode) & 1) === 1),
  ];
  return () => {
    for (const each of undo) each();
  };
}

function count(
  owner: { prototype: object } | undefined,
  method: string,
  what: Counted,
  counts: (args: readonly unknown[]) => boolean,
): () => void {
  if (!owner) return () => undefined;
  const prototype = owner.prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = prototype[method];
  if (!original) return () => undefined;
  prototype[method] = function (this: unknown, ...args) {
    if (counts(args)) totals[what]++;
    return original.apply(this, args);
  };
  return () => {
    prototype[method] = original;
  };
}
