/**
 * The machinery of runs, one for each store, in a chunk of its own: what keeps them, lists them, tells other tabs.
 * What it knows stands in the store as `runs`; nothing here is needed to draw the page.
 */
import {
  bytesOfRun,
  runLimits,
  type RunHead,
  type RunRecord,
  type RunTrace,
} from '../../../src/runs/run.ts';
import { cleanLine, cleanText } from '../../../src/runs/parseRun.ts';
import { formatBytes, plural } from '../../format.ts';
import { readStored, writeStored } from '../../stored.ts';
import { isFull } from '../database.ts';
import { faultOf } from '../engine/faults.ts';
import type { AppStore } from '../store.ts';
import { perStore } from './perStore.ts';
import type { KeptRuns } from './runsSlice.ts';
import {
  createRunShelf,
  newestFirst,
  type Listed,
  type RunBounds,
  type RunShelf,
} from './shelf.ts';

/** Colours that can be told apart, and with them the runs of a comparison. */
export const MOST_VISIBLE = 6;
/** Runs that stay in a comparison, so that there is room for another. */
export const MOST_PINNED = 5;

/** What the visitor may change of a run. */
export type HeadChange = Partial<Pick<RunHead, 'name' | 'note' | 'pinned' | 'sweep' | 'repeat'>>;

/** What the page does with kept runs. Nothing rejects but `loadTrace`; what goes wrong is told in `state.runs`. */
export interface Runs {
  /** Newest first; the same as `state.runs.heads`. */
  readonly heads: readonly RunHead[];
  /** Resolves once storage has been looked at, whatever came of it. */
  readonly ready: () => Promise<void>;
  /** Numbers of a run's curves. Rejects, in words, where they are gone. */
  readonly loadTrace: (id: string) => Promise<RunTrace>;
  /** Keeps a run as it is; one of the same id gives way to it. */
  readonly add: (head: RunHead, trace: RunTrace) => Promise<void>;
  /** Keeps what `make` makes of the runs there are, no other tab coming between. */
  readonly keep: (make: (heads: readonly RunHead[]) => RunRecord) => Promise<void>;
  /** Name, note, pin. */
  readonly change: (id: string, change: HeadChange) => Promise<void>;
  /** Makes it the baseline, the one run with a star; null: none is. */
  readonly star: (id: string | null) => Promise<void>;
  /** Which runs are compared; more than six are cut. */
  readonly show: (ids: readonly string[]) => void;
  /** Puts a run into the comparison or takes it out. */
  readonly tick: (id: string, on: boolean) => void;
  /** Deletes runs, and resolves with them for `restore`. */
  readonly remove: (ids: readonly string[]) => Promise<readonly RunRecord[]>;
  readonly restore: (records: readonly RunRecord[]) => Promise<void>;
  readonly removeAll: () => Promise<void>;
  /** Forgets what `problem` and `dropped` say. */
  readonly dismiss: () => void;
  /** Lets go of other tabs. For tests. */
  readonly close: () => void;
}

/** The runs of a store. */
export const runsOf = perStore<Runs>((store) => createRuns(store));

/** Name of the channel on which tabs tell each other that runs have changed. */
const CHANNEL = 'deq-runs';
const VISIBLE = 'deq-runs-visible';
/** Traces kept at hand: those of a comparison and some before. */
const MOST_TRACES = 12;

/** Nothing is read before it is made; it reads at once then. */
export function createRuns(store: AppStore, shelf: RunShelf = createRunShelf()): Runs {
  /** Runs that storage did not take: they last as long as the page. */
  const visit = new Map<string, RunRecord>();
  const traces = new Map<string, RunTrace>();
  let stored: readonly Listed[] = [];
  let writing = Promise.resolve();

  const get = (): KeptRuns => store.getState().runs;
  const set = (change: Partial<KeptRuns>): void => {
    store.setState({ runs: { ...get(), ...change } });
  };
  /** Shows what is there. */
  const show = (): void => {
    const ofVisit = [...visit.values()].map((record) => ({
      head: record.head,
      bytes: bytesOfRun(record),
    }));
    const listed = newestFirst([...stored.filter(({ head }) => !visit.has(head.id)), ...ofVisit]);
    const heads = listed.map(({ head }) => head);
    const ids = new Set(heads.map(({ id }) => id));
    set({
      heads,
      bytes: listed.reduce((sum, one) => sum + one.bytes, 0),
      unkept: [...visit.keys()],
      pinned: heads.filter(({ pinned }) => pinned).map(({ id }) => id),
      baseline: heads.find(({ starred }) => starred)?.id ?? null,
      visible: get().visible.filter((id) => ids.has(id)),
    });
  };
  const say = (problem: string): void => {
    set({ problem });
  };

  /** Looks at storage again. */
  const list = async (): Promise<void> => {
    try {
      const { listed, unread } = await shelf.list();
      stored = listed;
      if (unread > 0) {
        say(
          `${plural(unread, 'run')} kept by a newer version of this page can’t be read by this one. Reload the page to get the newest version.`,
        );
      }
    } catch (error) {
      say(
        `This browser gives the page no storage (${faultOf(error).message}). Runs last until you leave the page: save a bundle of those you need.`,
      );
    }
    if (!get().loaded) set({ loaded: true, visible: readVisible() });
    show();
  };

  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(CHANNEL) : null;
  let asked = false;
  const relist = (): void => {
    // A sweep in another tab tells of each of its runs.
    if (asked) return;
    asked = true;
    setTimeout(() => {
      asked = false;
      void enqueue(list);
    }, 100);
  };
  channel?.addEventListener('message', () => {
    traces.clear();
    relist();
  });
  if (!channel && typeof addEventListener === 'function') addEventListener('focus', relist);

  /** One after the other: what is written later is written onto what was before. */
  const enqueue = (work: () => Promise<void>): Promise<void> => {
    writing = writing.then(work).catch((error: unknown) => {
      say(`Runs could not be changed (${faultOf(error).message}). Reload the page and try again.`);
    });
    return writing;
  };
  const ready = enqueue(list);

  const told = async (): Promise<void> => {
    await list();
    channel?.postMessage('changed');
  };

  const keep: Runs['keep'] = (make) =>
    enqueue(async () => {
      /** What was made, so that it is made once though storage refuses it. */
      let made: readonly RunRecord[] = [];
      const ofVisit = (): readonly RunHead[] => [...visit.values()].map(({ head }) => head);
      try {
        const { kept, dropped } = await shelf.keep((heads) => {
          const record = make([...heads, ...ofVisit()]);
          made = [record];
          return record;
        });
        visit.delete(kept.id);
        traces.delete(kept.id);
        if (dropped.length > 0) set({ dropped: droppedWords(dropped, shelf.bounds) });
      } catch (error) {
        const record = made[0] ?? make(get().heads);
        visit.set(record.head.id, record);
        traces.delete(record.head.id);
        say(unkeptWords(record, error));
        show();
        return;
      }
      await told();
    });

  /** Changes heads wherever they are. */
  const alter = (change: (heads: readonly RunHead[]) => readonly RunHead[]): Promise<void> =>
    enqueue(async () => {
      for (const head of change([...visit.values()].map((record) => record.head))) {
        const record = visit.get(head.id);
        if (record) visit.set(head.id, { ...record, head });
      }
      if (stored.length > 0) {
        try {
          await shelf.change(change);
        } catch (error) {
          show();
          say(
            `The change could not be kept (${faultOf(error).message}). Reload the page and try again.`,
          );
          return;
        }
      }
      if (stored.length > 0) await told();
      else show();
    });

  const loadTrace: Runs['loadTrace'] = async (id) => {
    const known = visit.get(id)?.trace ?? traces.get(id);
    if (known) return known;
    const trace = await shelf.trace(id);
    if (!trace) {
      throw new Error(
        'The curves of this run are no longer in this browser: it was deleted, perhaps in another tab.',
      );
    }
    traces.set(id, trace);
    for (const oldest of traces.keys()) {
      if (traces.size <= MOST_TRACES) break;
      traces.delete(oldest);
    }
    return trace;
  };

  const showIds: Runs['show'] = (ids) => {
    const visible = [...new Set(ids)].slice(0, MOST_VISIBLE);
    writeStored(VISIBLE, visible.length > 0 ? visible.join(' ') : null);
    set({ visible });
  };

  return {
    get heads() {
      return get().heads;
    },
    ready: () => ready,
    loadTrace,
    keep,
    add: (head, trace) => keep(() => ({ head, trace })),
    change: (id, { name, note, ...rest }) =>
      alter((heads) =>
        heads
          .filter((head) => head.id === id)
          .map((head) => ({
            ...head,
            ...rest,
            ...(name === undefined ? {} : renamed(head, name)),
            ...(note === undefined ? {} : { note: cleanText(note, runLimits.note) }),
          })),
      ),
    star: (id) =>
      alter((heads) =>
        heads
          .filter((head) => head.starred !== (head.id === id))
          .map((head) => ({ ...head, starred: head.id === id })),
      ),
    show: showIds,
    tick: (id, on) => {
      const { visible } = get();
      showIds(on ? [...visible, id] : visible.filter((one) => one !== id));
    },
    remove: async (ids) => {
      let removed: readonly RunRecord[] = [];
      await enqueue(async () => {
        const going = get().heads.filter(({ id }) => ids.includes(id));
        removed = await Promise.all(
          going.map(async (head) => ({
            head,
            // What has no numbers any more comes back without its curves.
            trace: await loadTrace(head.id).catch(() => ({ columns: {} })),
          })),
        );
        const kept = going.filter(({ id }) => !visit.delete(id)).map(({ id }) => id);
        if (kept.length > 0) await shelf.remove(kept);
        for (const id of ids) traces.delete(id);
        await told();
      });
      return removed;
    },
    restore: async (records) => {
      for (const record of records) await keep(() => record);
    },
    removeAll: () =>
      enqueue(async () => {
        const hasStored = stored.length > 0;
        visit.clear();
        traces.clear();
        if (hasStored) await shelf.removeAll();
        set({ problem: null, dropped: null });
        await told();
      }),
    dismiss: () => {
      set({ problem: null, dropped: null });
    },
    close: () => {
      channel?.close();
    },
  };
}

const readVisible = (): readonly string[] =>
  (readStored(VISIBLE) ?? '').split(' ').filter(Boolean).slice(0, MOST_VISIBLE);

/** An empty name leaves the one there is. */
function renamed(head: RunHead, raw: string): Pick<RunHead, 'name' | 'renamed'> {
  const name = cleanLine(raw, runLimits.name);
  return name === '' || name === head.name
    ? { name: head.name, renamed: head.renamed }
    : { name, renamed: true };
}

function droppedWords(dropped: readonly RunHead[], bounds: RunBounds): string {
  const names = dropped.slice(0, 3).map(({ name }) => name);
  const more = dropped.length > 3 ? ` and ${String(dropped.length - 3)} more` : '';
  return `Dropped, as at most ${String(bounds.runs)} runs or ${formatBytes(bounds.bytes)} are kept: ${names.join(', ')}${more}, the oldest without a star or a pin.`;
}

function unkeptWords({ head }: RunRecord, error: unknown): string {
  return isFull(error)
    ? `This browser has no room left, so ${head.name} lasts only until you leave the page. Delete runs, or save a bundle of it.`
    : `${head.name} could not be kept (${faultOf(error).message}), so it lasts only until you leave the page. Save a bundle of it if you need it.`;
}
