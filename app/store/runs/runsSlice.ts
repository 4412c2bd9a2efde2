/**
 * What the page draws of runs before their machinery is there: `runs.ts` fills it in once the page is idle, and
 * whoever needs more asks `runsOf(store)`, from a chunk of its own.
 */
import type { RunHead } from '../../../src/runs/run.ts';
import { readStored, writeStored } from '../../stored.ts';
import type { Weights } from '../config/weights.ts';
import { faultOf } from '../engine/faults.ts';
import type { Bytes } from '../files.ts';
import { loadPart } from '../../parts/loadPart.ts';
import type { StoreAccess } from '../state.ts';
import type { AppStore } from '../store.ts';

/** Kept runs as the page lists them. */
export interface KeptRuns {
  /** Whether this browser's storage has been looked at. */
  readonly loaded: boolean;
  /** Newest first. */
  readonly heads: readonly RunHead[];
  /** Bytes of all of them. */
  readonly bytes: number;
  /** Ids of those that are compared, at most six. */
  readonly visible: readonly string[];
  /** Ids of those that stay in every comparison, at most five. */
  readonly pinned: readonly string[];
  /** Id of the starred run, that others are compared with. */
  readonly baseline: string | null;
  /** Ids of those that last only as long as the page. */
  readonly unkept: readonly string[];
  /** What could not be kept or read, and what to do, in words. */
  readonly problem: string | null;
  /** What was dropped for want of room, in words. */
  readonly dropped: string | null;
}

/** Runs in the store. */
export interface RunsSlice {
  readonly runs: KeptRuns;
  /** Whether the drawer of runs is open. */
  readonly runsOpen: boolean;
  readonly openRuns: (open: boolean) => void;
  /**
   * Opens a file of runs. Resolves with false where it is none, unless it is `meant` to be one: then that is said.
   */
  readonly openBundle: (file: File, meant?: boolean) => Promise<boolean>;
  /** The file of the visitor's own weights, for weights that are `trained`; null while there is none. */
  readonly ownModel: () => Bytes | null;
}

const OPEN = 'deq-runs-open';

/** No runs, and the drawer as it was left. */
export function createRunsSlice(
  { set }: StoreAccess,
  options: {
    readonly weights: Pick<Weights, 'kept'>;
    /** The store it is a slice of; null while that is being made. */
    readonly store: () => AppStore | null;
  },
): RunsSlice {
  return {
    runs: {
      ...{ loaded: false, heads: [], bytes: 0, visible: [], pinned: [], baseline: null },
      ...{ unkept: [], problem: null, dropped: null },
    },
    // A phone's sheet would cover the page that was asked for.
    runsOpen: readStored(OPEN) === 'yes' && globalThis.innerWidth >= 900,
    openRuns: (runsOpen) => {
      writeStored(OPEN, runsOpen ? 'yes' : null);
      set({ runsOpen });
    },
    openBundle: async (file, meant = false) => {
      const store = options.store();
      if (!store) return false;
      try {
        const { openBundle } = await loadPart(() => import('./openBundle.ts'));
        return await openBundle(store, file, meant);
      } catch (error) {
        set({
          notice: `“${file.name}” could not be opened: ${faultOf(error).message}. Try again.`,
        });
        return true;
      }
    },
    ownModel: () => options.weights.kept(),
  };
}
