import { MemoryMeter, submitAtOnce } from '../src/tf/memory.ts';

/** Run `work` with buffers freed as soon as they are done with, so that a peak is exact; it is slower so. */
export async function exactly<T>(work: () => Promise<T>): Promise<T> {
  const restore = submitAtOnce();
  try {
    return await work();
  } finally {
    restore();
  }
}

/** The most bytes live at once during `work`, on the current backend, above those live before it. */
export const peakBytes = (work: () => Promise<unknown>): Promise<number> =>
  exactly(async () => {
    using meter = new MemoryMeter();
    const { live } = meter.sample();
    await work();
    return meter.sample().peak - live;
  });
