import type { CheckpointEntry } from './types.ts';

/** A checkpoint without what only follows from the others. */
export type Kept = Omit<CheckpointEntry, 'best'>;

/** Checkpoints of a run that are kept whatever their loss. */
const NEWEST = 3;

const newestFirst = <K extends Kept>(entries: readonly K[]): K[] =>
  entries.toSorted((a, b) => b.savedAt - a.savedAt || b.step - a.step);

/** The one with the lowest validation loss, the newest of equals. */
const bestOf = <K extends Kept>(entries: readonly K[]): K | undefined =>
  newestFirst(entries)
    .filter(({ validation }) => validation !== null)
    .toSorted((a, b) => (a.validation ?? 0) - (b.validation ?? 0))[0];

/** Of one run's checkpoints, those that are neither among the newest three nor the best. */
export function superfluous<K extends Kept>(entries: readonly K[]): readonly K[] {
  const best = bestOf(entries);
  return newestFirst(entries)
    .slice(NEWEST)
    .filter((entry) => entry !== best);
}

/** All checkpoints, newest first, the best of each run marked. */
export function withBest(entries: readonly Kept[]): readonly CheckpointEntry[] {
  const runs = new Set(entries.map(({ runId }) => runId));
  const best = new Set(
    [...runs].map((run) => bestOf(entries.filter(({ runId }) => runId === run))?.id),
  );
  return newestFirst(entries).map((entry) => ({ ...entry, best: best.has(entry.id) }));
}

/** The newest state of the newest run that was not finished and not declined. */
export function resumableOf(
  entries: readonly CheckpointEntry[],
  declined: readonly string[],
): CheckpointEntry | null {
  const seen = new Set<string>();
  for (const entry of newestFirst(entries)) {
    // Only a run's newest state says whether it was finished.
    if (seen.has(entry.runId)) continue;
    seen.add(entry.runId);
    if (entry.step < entry.steps && !declined.includes(entry.runId)) return entry;
  }
  return null;
}
