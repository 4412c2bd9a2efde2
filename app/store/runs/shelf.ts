import { parseRunHead, parseRunTrace } from '../../../src/runs/parseRun.ts';
import {
  bytesOfRun,
  runVersion,
  type RunHead,
  type RunRecord,
  type RunTrace,
} from '../../../src/runs/run.ts';
import { ownValue } from '../../../src/schema/untrusted.ts';
import type { Writing } from '../database.ts';
import { openRunsDatabase, type RunsSchema, type StoredRun } from './runsDatabase.ts';
import { runBuild } from './solveRun.ts';

/** So much is kept in this browser: of more the oldest that are neither starred nor pinned go. */
export const runBounds = { runs: 200, bytes: 40e6 };

/** Most runs, and most bytes, that are kept. */
export type RunBounds = Readonly<typeof runBounds>;

/** A run's head with the bytes that the run takes. */
export interface Listed {
  readonly head: RunHead;
  readonly bytes: number;
}

/** Everything that is kept of runs. Each method rejects when the browser refuses, and then nothing has changed. */
export interface RunShelf {
  readonly bounds: RunBounds;
  /** Newest first; `unread`: how many a newer version of the page wrote. */
  readonly list: () => Promise<{ readonly listed: readonly Listed[]; readonly unread: number }>;
  /** Numbers of a run's curves; undefined where the run is gone. */
  readonly trace: (id: string) => Promise<RunTrace | undefined>;
  /**
   * Keeps what `make` makes of the runs that are there, which no other tab changes meanwhile; then drops the oldest
   * where it is too much.
   */
  readonly keep: (
    make: (heads: readonly RunHead[]) => RunRecord,
  ) => Promise<{ readonly kept: RunHead; readonly dropped: readonly RunHead[] }>;
  /** Changes heads; `change` gets all and answers those that are others now. */
  readonly change: (change: (heads: readonly RunHead[]) => readonly RunHead[]) => Promise<void>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  readonly removeAll: () => Promise<void>;
}

/** What a run is written to. */
const NAMES = ['heads', 'traces'] as const;

/** Whether a run is its owner's to delete. */
export const isProtected = ({ starred, pinned }: RunHead): boolean => starred || pinned;

/**
 * What has to go so that the rest is within bounds, the oldest first; `newest` and what is protected stays. The cells of
 * other sweeps go before any run that was made by itself: they can be swept again.
 */
export function superfluousRuns(
  listed: readonly Listed[],
  newest: string,
  bounds: RunBounds = runBounds,
): readonly RunHead[] {
  let count = listed.length;
  let bytes = listed.reduce((sum, one) => sum + one.bytes, 0);
  const sweep = listed.find(({ head }) => head.id === newest)?.head.sweep?.id;
  const isSwept = ({ head }: Listed): boolean =>
    head.sweep !== undefined && head.sweep.id !== sweep;
  const oldest = listed
    .filter(({ head }) => head.id !== newest && !isProtected(head))
    .toSorted((a, b) => Number(isSwept(b)) - Number(isSwept(a)) || a.head.savedAt - b.head.savedAt);
  const going: RunHead[] = [];
  for (const one of oldest) {
    if (count <= bounds.runs && bytes <= bounds.bytes) break;
    going.push(one.head);
    count--;
    bytes -= one.bytes;
  }
  return going;
}

/** Newest first. */
export const newestFirst = <L extends { readonly head: RunHead }>(listed: readonly L[]): L[] =>
  listed.toSorted((a, b) => b.head.savedAt - a.head.savedAt || (a.head.id < b.head.id ? 1 : -1));

/** The shelf, opened when first used. */
export function createRunShelf(bounds: RunBounds = runBounds): RunShelf {
  const { open, write } = openRunsDatabase();
  const discard = async (writing: Writing<RunsSchema>, id: string): Promise<void> => {
    await Promise.all(NAMES.map((name) => writing.objectStore(name).delete(id)));
  };

  return {
    bounds,
    list: async () => {
      const stored = await (await open()).getAll('heads');
      const listed = readable(stored);
      return { listed: newestFirst(listed), unread: stored.length - listed.length };
    },
    trace: async (id) => {
      const stored = await (await open()).get('traces', id);
      const read = stored && parseRunTrace(stored);
      return read && 'run' in read ? read.run : undefined;
    },
    keep: (make) =>
      write(async (writing) => {
        const heads = writing.objectStore('heads');
        const listed = readable(await heads.getAll());
        const record = make(listed.map(({ head }) => head));
        const { head, trace } = record;
        const entry: Listed = { head, bytes: bytesOfRun(record) };
        await heads.put({ ...entry, by: runBuild() }, head.id);
        await writing.objectStore('traces').put(trace, head.id);
        const others = listed.filter((one) => one.head.id !== head.id);
        const dropped = superfluousRuns([...others, entry], head.id, bounds);
        for (const { id } of dropped) await discard(writing, id);
        return { kept: head, dropped };
      }),
    change: (change) =>
      write(async (writing) => {
        const heads = writing.objectStore('heads');
        const listed = readable(await heads.getAll());
        for (const head of change(listed.map((one) => one.head))) {
          const before = listed.find((one) => one.head.id === head.id);
          if (before) await heads.put({ ...before, head, by: runBuild() }, head.id);
        }
      }),
    remove: (ids) =>
      write(async (writing) => {
        for (const id of ids) await discard(writing, id);
      }),
    removeAll: () =>
      write(async (writing) => {
        await Promise.all(NAMES.map((name) => writing.objectStore(name).clear()));
      }),
  };
}

/**
 * What a page of any version has kept. This very page's is taken as it is; another's is read like a stranger's, and
 * what of it cannot be read stays where it is.
 */
const readable = (stored: readonly StoredRun[]): Listed[] =>
  stored.flatMap(({ head, bytes, by }): Listed[] => {
    const size = typeof bytes === 'number' ? bytes : 0;
    if (by === runBuild() && ownValue(head, 'version') === runVersion)
      return [{ head: head as RunHead, bytes: size }];
    const read = parseRunHead(head);
    return 'run' in read ? [{ head: read.run, bytes: size }] : [];
  });
