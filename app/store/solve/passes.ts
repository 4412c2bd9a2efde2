import type { EngineCalls } from '../../../src/engine/client.ts';
import type { SolveReport } from '../../../src/engine/protocol/protocol.ts';
import { loadPart } from '../../parts/loadPart.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import { nothingMade, shownStatus } from './shown.ts';
import type { Pass, StoreAccess } from '../state.ts';
import { isBounded } from './until.ts';

/** What moving either solve involves beyond the engine's command. */
export interface Passes {
  /** Whether what the states say is on screen: where it is not, nobody reads it out of them. */
  readonly watchStates: (seen: boolean) => void;
  /** Leaves the recorded run: what is shown from here on is computed here. */
  readonly goLive: () => void;
  /**
   * Advances a solve by `count` records, or to its end when `count` is absent; with `wanted`, only
   * until one of the visitor's conditions is met.
   */
  readonly advance: (
    engine: EngineCalls,
    pass: Pass,
    how: {
      readonly count?: number;
      readonly perSecond?: number | undefined;
      readonly wanted?: () => boolean;
    },
  ) => Promise<void>;
  /**
   * Solves what is in the rail to its end, and shows it in place of the old solve when it is there, or after a moment.
   * Resolves then.
   */
  readonly follow: () => Promise<void>;
  /** Opens the backward solve, if it isn't open, and makes its record 0. */
  readonly openAdjoint: (
    engine: EngineCalls,
    wanted: () => boolean,
    finish: boolean,
  ) => Promise<void>;
  /** Runs a forward solve that hasn't gone anywhere yet to its end. */
  readonly finishForward: (engine: EngineCalls) => Promise<void>;
  /** Has the first record of the shown solve made. */
  readonly refresh: (finish: boolean) => void;
}

/** How long what a pen draws may be ahead of the solve that is shown. */
const PATIENCE_MILLISECONDS = 80;

/** Both solves, on one engine. */
export function createPasses(
  { get, set }: StoreAccess,
  lane: SolveLane,
  onForwardEnd: () => void,
): Passes {
  const settle = (report: SolveReport): void => {
    lane.flush();
    const { adjoint, solve } = get();
    if (report.phase === 'backward') {
      if (adjoint?.solve === report.solve) set({ adjoint: { ...adjoint, status: report.status } });
    } else if (report.solve === solve) set({ status: report.status });
  };

  /** Whether what the states say is on screen, and what aborts when that changes. */
  let watched = false;
  let turn = new AbortController();
  /** Runs to the end, and goes on in the other way when somebody begins or ceases to watch. */
  const runOn = async (
    engine: EngineCalls,
    pass: Pass,
    perSecond?: number,
  ): Promise<SolveReport> => {
    for (;;) {
      const { signal } = turn;
      const report = await engine.with({ signal }).run(pass, perSecond, watched);
      if (!report.interrupted || !signal.aborted) return report;
    }
  };

  const run = async (
    engine: EngineCalls,
    pass: Pass,
    perSecond: number | undefined,
    wanted: (() => boolean) | undefined,
  ): Promise<SolveReport> => {
    if (wanted && isBounded(get().until)) {
      const { runUntil } = await loadPart(() => import('./runUntil.ts'));
      const watching = (): boolean => watched;
      return runUntil(engine, pass, { get, set, flush: lane.flush, perSecond, wanted, watching });
    }
    return runOn(engine, pass, perSecond);
  };

  const advance: Passes['advance'] = async (engine, pass, { count, perSecond, wanted }) => {
    const before = get();
    if ((pass === 'forward' ? before.status : before.adjoint?.status) !== 'running') return;
    // The linearization belongs to the point the forward solve leaves now.
    if (pass === 'forward' && before.adjoint) set({ adjoint: null });
    settle(
      await (count === undefined
        ? run(engine, pass, perSecond, wanted)
        : engine.step(pass, count, watched)),
    );
    if (pass === 'forward') ended();
  };

  /** Follows up a forward solve, if it has ended. */
  const ended = (): void => {
    const { status, records, branch } = get();
    if (status === 'running') return;
    // What a branch took says nothing of a solve from z₀.
    if (!branch) set({ finished: records.at(-1)?.evaluations ?? null });
    onForwardEnd();
  };

  const follow: Passes['follow'] = () => {
    set({ pace: 'max', halted: null, following: true });
    const done = lane.unseen(async (engine, reveal) => {
      // A solve that takes longer is watched as it goes.
      const timer = setTimeout(reveal, PATIENCE_MILLISECONDS);
      try {
        const report = await runOn(engine, 'forward');
        reveal();
        settle(report);
        ended();
      } finally {
        clearTimeout(timer);
      }
    });
    return done.finally(() => {
      set({ following: false });
    });
  };

  const finishForward = async (engine: EngineCalls): Promise<void> => {
    if (get().records.length <= 1) await advance(engine, 'forward', {});
  };

  const openAdjoint: Passes['openAdjoint'] = async (engine, wanted, finish) => {
    if (!get().adjoint) {
      if (finish) await finishForward(engine);
      if (!wanted()) return;
      const { solve, status, openedAt, forwardResidual } = await engine.openBackward(
        get().experiment.backward,
      );
      lane.flush();
      set({ adjoint: { solve, status, forwardResidual, openedAt, records: [] } });
    }
    if (wanted() && get().adjoint?.records.length === 0) {
      await advance(engine, 'backward', { count: 1 });
    }
  };

  return {
    watchStates: (seen) => {
      if (seen === watched) return;
      watched = seen;
      turn.abort();
      turn = new AbortController();
    },
    goLive: () => {
      if (get().source === 'live') return;
      set({ source: 'live', ...nothingMade(), applied: get().experiment });
    },
    advance,
    follow,
    openAdjoint,
    finishForward,
    refresh: (finish) => {
      if (get().pass === 'forward') {
        lane.enqueue('stepping');
        return;
      }
      const task = (engine: EngineCalls, wanted: () => boolean): Promise<void> =>
        openAdjoint(engine, wanted, finish);
      lane.enqueue('stepping', task);
    },
  };
}

/** Whether the solve on screen has ended by itself, with the settings in the rail. */
export function isOver({ get }: StoreAccess): boolean {
  const state = get();
  const { source, applied, experiment } = state;
  return source === 'live' && applied === experiment && shownStatus(state) !== 'running';
}
