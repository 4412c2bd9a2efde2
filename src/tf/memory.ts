import * as core from '@tensorflow/tfjs-core';
import * as tf from './index.ts';

/** What is allocated now, at most so far, and held in reserve. */
export interface MemorySample {
  /** Bytes in use. */
  readonly live: number;
  /** Largest `live` since the peak was last reset. */
  readonly peak: number;
  /** Bytes reserved from the device, free buffers included; never shrinks. */
  readonly pool: number;
  /** Tensor handles. */
  readonly tensors: number;
  /** False off WebGPU, where bytes are logical (what tensors hold), not buffers. */
  readonly exact: boolean;
}

/** A source of byte counts that can be watched. */
interface Ledger {
  readonly live: () => number;
  readonly pool: () => number;
  readonly exact: boolean;
  /** Put things back as they were. */
  readonly close: () => void;
}

/** The part of tfjs's buffer manager we watch: every byte on the GPU passes through it. */
interface BufferManager {
  readonly numBytesUsed: number;
  readonly numBytesAllocated: number;
  acquireBuffer: (...args: never[]) => unknown;
}

/** Exact, by wrapping `acquireBuffer` (public, and pinned by a test). */
function watchBuffers(manager: BufferManager, grown: () => void): Ledger {
  const original = manager.acquireBuffer;
  manager.acquireBuffer = (...args) => {
    const buffer: unknown = original.apply(manager, args);
    grown();
    return buffer;
  };
  return {
    live: () => manager.numBytesUsed,
    pool: () => manager.numBytesAllocated,
    exact: true,
    close: () => {
      manager.acquireBuffer = original;
    },
  };
}

/** The store of tensor data in the cpu and wasm backends. */
interface DataStore {
  set: (id: object, data: StoredData) => void;
  delete: (id: object) => boolean;
}
interface StoredData {
  readonly values?: { readonly byteLength?: number } | null;
  readonly shape?: readonly number[];
  readonly dtype: string;
}

/**
 * Logical bytes: what the data of all tensors made from now on takes, counted once however many
 * handles share it, by wrapping the backend's data store. What was there before counts as `base`.
 */
function watchStore(store: DataStore, base: number, grown: () => void): Ledger {
  const { set, delete: remove } = store;
  const sizes = new Map<object, number>();
  let live = base;
  store.set = (id, data) => {
    const before = sizes.get(id) ?? 0;
    const items = data.shape?.reduce((a, b) => a * b, 1) ?? 0;
    const size = data.values?.byteLength ?? items * (data.dtype === 'bool' ? 1 : 4);
    sizes.set(id, size);
    live += size - before;
    grown();
    set.call(store, id, data);
  };
  store.delete = (id) => {
    live -= sizes.get(id) ?? 0;
    sizes.delete(id);
    return remove.call(store, id);
  };
  return {
    live: () => live,
    pool: () => live,
    exact: false,
    close: () => {
      store.set = set;
      store.delete = remove;
    },
  };
}

/**
 * Live, peak and pooled bytes of the current backend, for as long as the meter lives. On WebGPU
 * exact; elsewhere logical, which the page says. One meter at a time.
 */
export class MemoryMeter implements Disposable {
  #peak = 0;
  readonly #ledger: Ledger;

  constructor() {
    const grown = (): void => {
      this.#peak = Math.max(this.#peak, this.#ledger.live());
    };
    const backend = core.backend() as object as {
      bufferManager?: BufferManager;
      data?: DataStore;
      dataIdMap?: DataStore;
    };
    const store = backend.data ?? backend.dataIdMap;
    if (backend.bufferManager) this.#ledger = watchBuffers(backend.bufferManager, grown);
    else if (store) this.#ledger = watchStore(store, tf.memory().numBytes, grown);
    else throw new Error(`The memory of the ${core.getBackend()} backend cannot be measured.`);
    this.resetPeak();
  }

  /** Start the peak again from what is live now. */
  resetPeak(): void {
    this.#peak = this.#ledger.live();
  }

  /** Does something that no peak is to tell of. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    const peak = this.#peak;
    try {
      return await work();
    } finally {
      this.#peak = peak;
    }
  }

  /** The figures now. */
  sample(): MemorySample {
    const { live, pool, exact } = this.#ledger;
    return { live: live(), peak: this.#peak, pool: pool(), tensors: tf.memory().numTensors, exact };
  }

  [Symbol.dispose](): void {
    this.#ledger.close();
  }
}

/**
 * Make freed GPU memory count as freed at once: tfjs keeps it until commands are submitted, fifteen
 * at a time by default, which would blur a peak. Returns a function that restores the setting.
 */
export function submitAtOnce(): () => void {
  const flag = 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE';
  if (core.getBackend() !== 'webgpu') return () => undefined;
  const before = core.env().getNumber(flag);
  core.env().set(flag, 1);
  return () => {
    core.env().set(flag, before);
  };
}
