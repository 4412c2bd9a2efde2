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

/** The part of tfjs's buffer manager we watch: every byte on the GPU passes through it. */
interface BufferManager {
  readonly numBytesUsed: number;
  readonly numBytesAllocated: number;
  acquireBuffer: (...args: never[]) => unknown;
}

/**
 * Live, peak and pooled bytes of the current backend.
 *
 * On WebGPU the peak is exact: the meter wraps the buffer manager's `acquireBuffer`
 * (public, and pinned by a test) for as long as it lives. Elsewhere it is the largest
 * value seen at a sample. One meter at a time; dispose it to unwrap.
 */
export class MemoryMeter implements Disposable {
  #peak = 0;
  readonly #manager: BufferManager | undefined;
  readonly #original: BufferManager['acquireBuffer'] | undefined;

  constructor() {
    const backend: object = core.backend();
    if ('bufferManager' in backend) {
      const manager = backend.bufferManager as BufferManager;
      const original = manager.acquireBuffer;
      manager.acquireBuffer = (...args) => {
        const buffer: unknown = original.apply(manager, args);
        this.#peak = Math.max(this.#peak, manager.numBytesUsed);
        return buffer;
      };
      this.#manager = manager;
      this.#original = original;
    }
    this.resetPeak();
  }

  /** Start the peak again from what is live now. */
  resetPeak(): void {
    this.#peak = this.#live();
  }

  /** The figures now. */
  sample(): MemorySample {
    const live = this.#live();
    this.#peak = Math.max(this.#peak, live);
    return {
      live,
      peak: this.#peak,
      pool: this.#manager?.numBytesAllocated ?? live,
      tensors: tf.memory().numTensors,
      exact: this.#manager !== undefined,
    };
  }

  #live(): number {
    return this.#manager?.numBytesUsed ?? tf.memory().numBytes;
  }

  [Symbol.dispose](): void {
    if (this.#manager && this.#original) this.#manager.acquireBuffer = this.#original;
  }
}
