/**
 * The machinery of sweeps, one for each store, in a chunk of its own: what keeps them and has them made in the
 * background while another view is open. After a reload a sweep goes on when the visitor says so.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { startEngine as startWorker } from '../../../src/engine/client.ts';
import { familyOf } from '../../../src/families/settings.ts';
import { freshName } from '../../../src/runs/names.ts';
import { isMarked, type RunRecord } from '../../../src/runs/run.ts';
import { countCells, runsOfSweep, type Sweep } from '../../../src/runs/sweep.ts';
import { writeStored } from '../../stored.ts';
import { faultOf } from '../engine/faults.ts';
import type { StartEngine } from '../engine/lane.ts';
import { say } from '../../ui/say.ts';
import { newId } from '../newId.ts';
import { perStore } from '../runs/perStore.ts';
import { hashOfText, hashOfWeights } from '../runs/hash.ts';
import { runsOf } from '../runs/runs.ts';
import { INTERRUPTED } from '../runs/runsDatabase.ts';
import type { AppStore } from '../store.ts';
import { comparing, openCompare } from './comparing.ts';
import { failureOf, runSweep, type SweepNews } from './runSweep.ts';
import { sweepLock, type SweepLock } from './sweepLock.ts';
import { createSweepShelf, MOST_SWEEPS, type KeptSweep, type SweepShelf } from './sweepShelf.ts';

/** Sweeps as the page knows them. */
export interface SweepsState {
  /** Whether storage has been looked at. */
  readonly loaded: boolean;
  /** Newest first. */
  readonly sweeps: readonly KeptSweep[];
  /** The one that this tab is at; null while it is at none. */
  readonly running: (SweepNews & { readonly id: string }) | null;
  /** Whether another tab is at one. */
  readonly elsewhere: boolean;
  /** Milliseconds a cell took in the newest sweep of this visit, and of what. */
  readonly pace: { readonly of: string; readonly milliseconds: number } | null;
  /** Why the last one stopped, or could not be kept, in words. */
  readonly problem: string | null;
}

/** A sweep that was deleted, with its runs. */
export interface RemovedSweep {
  readonly kept: KeptSweep;
  readonly records: readonly RunRecord[];
}

/** What the page does with sweeps. Nothing rejects: what goes wrong is told in `problem`. */
export interface Sweeps {
  readonly state: StoreApi<SweepsState>;
  /** Resolves once storage has been looked at, whatever came of it. */
  readonly ready: () => Promise<void>;
  /** Makes a sweep of a grid and has it made. Resolves when it has ended, in whatever way; `state` has it at once. */
  readonly begin: (grid: Pick<Sweep, 'work' | 'base' | 'axes'>) => Promise<void>;
  /** Goes on with one: makes the cells that have no run. Resolves as `begin`. */
  readonly goOn: (id: string) => Promise<void>;
  /** Ends the one that runs at once. Of `paused` the page says that it waits, of `ended` it does not. */
  readonly stop: (state: 'paused' | 'ended') => void;
  /** Deletes a sweep with its runs, those with a star, a pin or a note apart, and resolves with them for `restore`. */
  readonly remove: (id: string) => Promise<RemovedSweep | null>;
  readonly restore: (removed: RemovedSweep) => Promise<void>;
  readonly dismiss: () => void;
  /** Lets go of other tabs. For tests. */
  readonly close: () => void;
}

/** What paces are told apart by: a training's cells take longer than a solve's. */
export const paceKey = ({ work, base }: Pick<Sweep, 'work' | 'base'>): string =>
  [work, base.problem.family, work === 'training' ? base.train.steps : ''].join(' ');

/** The sweeps of a store. */
export const sweepsOf = perStore<Sweeps>((store) => createSweeps(store));

/** Name of the channel on which tabs tell each other that sweeps have changed. */
const CHANNEL = 'deq-sweeps';

const BUSY_ELSEWHERE =
  'Another tab of this page is at a sweep, and two would slow each other. Wait for it, or stop it there.';

/** It looks at storage at once. */
export function createSweeps(
  store: AppStore,
  options: {
    readonly shelf?: SweepShelf;
    readonly lock?: SweepLock;
    readonly startEngine?: StartEngine;
    readonly now?: () => number;
  } = {},
): Sweeps {
  const { shelf = createSweepShelf(), lock = sweepLock, startEngine = startWorker } = options;
  const { now = () => performance.now() } = options;
  const state = createStore<SweepsState>()(() => ({
    ...{ loaded: false, sweeps: [], running: null, elsewhere: false, pace: null, problem: null },
  }));
  let current: {
    readonly id: string;
    readonly stop: AbortController;
    as: 'paused' | 'ended';
  } | null = null;
  /** Sweeps that storage did not take: they last as long as the page. */
  const visit = new Map<string, KeptSweep>();

  const list = async (): Promise<void> => {
    let stored: readonly KeptSweep[] = [];
    try {
      stored = await shelf.list();
    } catch {
      // Runs say that there is no storage; sweeps of this visit are listed all the same.
    }
    const others = stored.filter(({ sweep }) => !visit.has(sweep.id));
    const sweeps = [...others, ...visit.values()].toSorted(
      (a, b) => b.sweep.madeAt - a.sweep.madeAt,
    );
    const elsewhere = current === null && (await lock.isHeld());
    state.setState({ loaded: true, sweeps: sweeps.slice(0, MOST_SWEEPS), elsewhere });
  };
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(CHANNEL) : null;
  channel?.addEventListener('message', () => void list());
  const told = async (): Promise<void> => {
    await list();
    channel?.postMessage('changed');
  };
  const put = async (kept: KeptSweep): Promise<void> => {
    try {
      await shelf.put(kept);
      visit.delete(kept.sweep.id);
    } catch (error) {
      visit.set(kept.sweep.id, kept);
      state.setState({
        problem: `The sweep ${kept.sweep.name} could not be kept (${faultOf(error).message}): it lasts until you leave the page.`,
      });
    }
    await told();
  };
  const find = (id: string): KeptSweep | undefined =>
    state.getState().sweeps.find(({ sweep }) => sweep.id === id);
  const ready = list();

  /** With the lock held. */
  const work = async (kept: KeptSweep): Promise<void> => {
    const { sweep } = kept;
    const mine = { id: sweep.id, stop: new AbortController(), as: 'paused' as 'paused' | 'ended' };
    current = mine;
    const begin: SweepNews = {
      ...{ done: 0, total: 0, label: 'Preparing', cell: null, left: null, pace: null },
    };
    state.setState({ running: { ...begin, id: sweep.id }, elsewhere: false, problem: null });
    writeStored(INTERRUPTED, sweep.id);
    let failures: Readonly<Record<string, string>> = {};
    let outcome: KeptSweep['state'] = 'ended';
    try {
      await put({ sweep, state: 'going', failures });
      await runSweep(store, sweep, {
        ...{ startEngine, now, signal: mine.stop.signal },
        onNews: (news) => {
          if (current !== mine) return;
          const { pace } = news;
          state.setState({
            running: { ...news, id: sweep.id },
            ...(pace === null ? {} : { pace: { of: paceKey(sweep), milliseconds: pace } }),
          });
        },
        onFailure: (cell, fault) => {
          failures = { ...failures, ...Object.fromEntries([failureOf(cell, fault)]) };
          void put({ sweep, state: 'going', failures });
        },
      });
    } catch (error) {
      outcome = mine.stop.signal.aborted ? mine.as : 'paused';
      if (!mine.stop.signal.aborted) {
        state.setState({
          problem: `The sweep ${sweep.name} stopped: ${faultOf(error).message} What was made is kept; Resume goes on from there.`,
        });
      }
    } finally {
      current = null;
      writeStored(INTERRUPTED, null);
      state.setState({ running: null });
    }
    await put({ sweep, state: outcome, failures });
    const looked = store.getState().view === 'compare' && comparing.getState().part === 'sweeps';
    if (outcome === 'ended' && !mine.stop.signal.aborted && !looked) {
      say('success', `The sweep ${sweep.name} is done`, {
        action: {
          label: 'Show',
          onClick: () => {
            openCompare(store.getState(), 'sweeps');
          },
        },
      });
    }
  };

  const go = async (kept: KeptSweep): Promise<void> => {
    if (current) return;
    const held = await lock.hold(() => work(kept));
    if (!held) state.setState({ problem: BUSY_ELSEWHERE, elsewhere: true });
    // Those who looked while it was held have seen that.
    else channel?.postMessage('changed');
  };

  return {
    state,
    ready: () => ready,
    begin: async (grid) => {
      await ready;
      if (current) return;
      if (await lock.isHeld()) {
        state.setState({ problem: BUSY_ELSEWHERE, elsewhere: true });
        return;
      }
      const taken = [
        ...runsOf(store).heads.map(({ name }) => name.replace(/ · .*$/, '')),
        ...state.getState().sweeps.map(({ sweep }) => sweep.name),
      ];
      const sweep: Sweep = {
        ...{
          version: 1,
          id: newId(),
          name: freshName(new Set(taken)),
          madeAt: Date.now(),
          ...grid,
        },
        ...(await hashesOf(store, grid)),
      };
      await go({ sweep, state: 'going', failures: {} });
    },
    goOn: async (id) => {
      await ready;
      const kept = find(id);
      if (kept) await go(kept);
    },
    stop: (as) => {
      if (!current) return;
      current.as = as;
      current.stop.abort();
    },
    remove: async (id) => {
      if (current?.id === id) {
        const over = new Promise<void>((resolve) => {
          const end = state.subscribe(({ running }) => {
            if (running) return;
            end();
            resolve();
          });
        });
        current.stop.abort();
        await over;
      }
      const kept = find(id);
      if (!kept) return null;
      visit.delete(id);
      try {
        await shelf.remove(id);
      } catch (error) {
        state.setState({
          problem: `The sweep could not be deleted (${faultOf(error).message}). Reload the page and try again.`,
        });
        return null;
      }
      const runs = runsOf(store);
      const own = [...runsOfSweep(kept.sweep, runs.heads).values()]
        .filter((head) => !isMarked(head))
        .map((head) => head.id);
      const records = await runs.remove(own);
      await told();
      return { kept, records };
    },
    restore: async ({ kept, records }) => {
      await runsOf(store).restore(records);
      await put({ ...kept, state: kept.state === 'going' ? 'paused' : kept.state });
    },
    dismiss: () => {
      state.setState({ problem: null });
    },
    close: () => {
      current?.stop.abort();
      channel?.close();
    },
  };
}

/** What of the visitor's own a sweep is made with: another text or other weights would be another sweep. */
async function hashesOf(
  store: AppStore,
  { work, base }: Pick<Sweep, 'work' | 'base'>,
): Promise<Pick<Sweep, 'weightsHash' | 'textHash'>> {
  if (work === 'solve') {
    const weightsHash = await hashOfWeights(store, base);
    return weightsHash === undefined ? {} : { weightsHash };
  }
  const { learns } = familyOf(base.problem.family);
  if (!learns?.texts || base.data.source !== 'own') return {};
  const textHash = await hashOfText(await store.getState().ownTextLoaded());
  return textHash === undefined ? {} : { textHash };
}

/**
 * Says that a sweep was interrupted by a reload or a crash, and offers to go on with it. It is not taken up unasked:
 * whatever made the page go may have been the sweep.
 */
export async function tellInterrupted(store: AppStore): Promise<void> {
  const sweeps = sweepsOf(store);
  await Promise.all([sweeps.ready(), runsOf(store).ready()]);
  const { sweeps: all, elsewhere, running } = sweeps.state.getState();
  const kept = all.find(({ state }) => state === 'going');
  if (elsewhere || running) return;
  // Once is enough: the Compare view offers it for as long as it is there.
  writeStored(INTERRUPTED, null);
  if (!kept) return;
  const { sweep } = kept;
  const { done, total } = countCells(sweep, runsOf(store).heads);
  say('info', `The sweep ${sweep.name} was interrupted at ${String(done)} of ${String(total)}`, {
    description: 'What was made is kept.',
    duration: 20_000,
    action: { label: 'Resume', onClick: () => void sweeps.goOn(sweep.id) },
  });
}
