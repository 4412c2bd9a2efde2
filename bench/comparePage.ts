/**
 * One of the two pages that `npm run bench -- --against` holds to each other. It is put into the other commit's
 * `bench` folder too, and measures that commit's code by that commit's works: so it asks them for no more than
 * the few names imported here.
 */
import { initBackend } from '../src/tf/backend.ts';
import { GpuCounters } from '../src/tf/counters.ts';
import type { WorkName } from './rows.ts';
import { sizes } from './sizes.ts';
import { openSubject, type TensorVariant } from './subject.ts';
import type { Sample, Work } from './timing.ts';
import { tensorWork } from './works.ts';

/** How much of each work a measurement does, at the small size. */
const amount = { repetitions: 32, iterations: 24 };

/** What the script asks of a page. */
export interface Comparing {
  /** Set the works up and have everything compiled. Gives the adapter's name. */
  readonly open: (variant: TensorVariant, works: readonly WorkName[]) => Promise<string>;
  /** Measure one of those opened last. */
  readonly measure: (work: WorkName) => Promise<Sample>;
}

const opened = new Map<WorkName, Work>();
const counters = initBackend('webgpu').then(() => new GpuCounters());

window.comparing = {
  open: async (variant, names) => {
    const counting = await counters;
    const { adapter } = await initBackend('webgpu');
    // Lives as long as the page.
    const subject = await openSubject(variant, sizes.small);
    opened.clear();
    for (const name of names) {
      const work = tensorWork(name, subject, counting, amount);
      await work.enter();
      await work.warm();
      await work.measure();
      opened.set(name, work);
    }
    return adapter ? `${adapter.vendor} ${adapter.architecture}`.trim() : 'none';
  },
  measure: async (name) => {
    const work = opened.get(name);
    if (!work) throw new Error(`${name} has not been opened.`);
    await work.enter();
    return work.measure();
  },
};

declare global {
  interface Window {
    comparing: Comparing;
  }
}
