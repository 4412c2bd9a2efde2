import { vi } from 'vitest';
import * as tf from '../src/tf/index.ts';

/** How often tensors are read back while `work` runs: on a GPU each of them waits for it. */
export async function readBacks(work: () => Promise<unknown>): Promise<number> {
  const one = tf.scalar(1);
  const read = vi.spyOn(Object.getPrototypeOf(one) as tf.Tensor, 'data');
  one.dispose();
  try {
    await work();
    return read.mock.calls.length;
  } finally {
    read.mockRestore();
  }
}
