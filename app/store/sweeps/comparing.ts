import { createStore } from 'zustand/vanilla';
import { readStored, writeStored } from '../../stored.ts';
import type { AppState } from '../state.ts';

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

/** Opens the Compare view at that part. */
export function openCompare({ showView }: Pick<AppState, 'showView'>, part: ComparePart): void {
  showPart(part);
  showView('compare');
}
