import { createStore } from 'zustand/vanilla';
import { readStored, writeStored } from '../../stored.ts';

/** What the Compare view shows. */
export type ComparePart = 'runs' | 'sweeps';

const PART = 'deq-compare-sweeps';

/** Apart from the page's store, which the first paint has whole; a reload comes back to it. */
export const comparing = createStore<{ readonly part: ComparePart }>()(() => ({
  part: readStored(PART) === null ? 'runs' : 'sweeps',
}));

/** Says which part of the Compare view is shown, now or when it is opened next. */
export function showPart(part: ComparePart): void {
  writeStored(PART, part === 'runs' ? null : part);
  comparing.setState({ part });
}
