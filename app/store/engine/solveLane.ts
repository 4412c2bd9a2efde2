import { backendFor } from './backends.ts';
import { createFold } from './fold.ts';
import type { EngineCalls } from '../../../src/engine/client.ts';
import { createEngineLane, type StartEngine, type Task } from './lane.ts';
import { createPreparation, type Preparation } from './prepare.ts';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from './faults.ts';
import { createRestarts, lostAgain, outlives, tellQuiet } from './restarts.ts';
import type { AppState, StoreAccess } from '../state.ts';
import { notOpened } from '../solve/shown.ts';
import type { Weights } from '../config/weights.ts';

/** What the page asks of its own accord, or where it can wait. */
export type Errand =
  'spectrum' | 'comparison' | 'race' | 'branch' | 'insight' | 'tuning' | 'timing';

/** The Solve view's lane: its tasks find an engine that is ready, which means booted, configured, past iteration 0. */
export interface SolveLane {
  readonly start: () => void;
  readonly restart: () => void;
  /** Gives `task` the engine as it is, whatever is set up; what it throws is thrown, `cancel` too. */
  readonly ask: <T>(task: Task<T>) => Promise<T>;
  /** Does `task` after everything asked before; `cancel` drops it while it waits. */
  readonly enqueue: (activity: AppState['activity'], task?: Task) => void;
  /**
   * Does `task` with what is in the rail, where the engine has something else, and keeps all of it from the screen until the task
   * calls `reveal` and there is something to see, or it has ended. Resolves then, or when it was dropped.
   */
  readonly unseen: (
    task: (engine: EngineCalls, reveal: () => void) => Promise<void>,
  ) => Promise<void>;
  /**
   * Does `task` when nothing else is asked; anything the visitor does ends it early. What it
   * throws, and nothing else, is thrown. Resolves, too, when it was dropped.
   */
  readonly errand: (name: Errand, task: Task) => Promise<void>;
  /** Ends the errands of that name, running or waiting; others are left alone. */
  readonly endErrands: (name: Errand) => void;
  /** Interrupts what runs and drops what waits. */
  readonly cancel: () => void;
  /** Folds the records that have come in so far. */
  readonly flush: () => void;
}

/** What the lane needs from outside; tests pass a fake engine and clock. */
export interface SolveLaneOptions extends StoreAccess {
  readonly startEngine: StartEngine;
  readonly now: () => number;
  readonly frame: (callback: () => void) => void;
  readonly weights: Weights;
}

/** No engine yet. */
export function createSolveLane(options: SolveLaneOptions): SolveLane {
  const { get, set, startEngine, now, frame, weights } = options;
  const decide = createRestarts(now);
  const fold = createFold({ get, set, frame });
  let preparation: Preparation | null = null;
  /** What the visitor has asked for and isn't done yet. */
  let waiting = 0;
  /** Goes up when all that was asked for is void. */
  let generation = 0;

  const lane = createEngineLane<Errand | 'visitor'>({
    startEngine,
    boot: async (engine, current) => {
      // Not to be interrupted: whatever is asked next needs the same problem.
      preparation = createPreparation(engine, { get, set, weights, fold, current });
      const device = await engine.boot(backendFor(get(), get().experiment, 'solve'), get().kernels);
      if (current()) set({ device, engine: 'on' });
    },
    onEvent: (event) => {
      if (event.event === 'quiet') tellQuiet({ get, set }, event.quiet);
      else fold.push(event);
    },
    onFault: (fault) => {
      fold.flush();
      fail(fault);
    },
  });

  const abandon = (): void => {
    generation++;
    waiting = 0;
    lane.interrupt();
    set({ activity: 'idle' });
  };

  function fail(fault: Fault): void {
    if (fault.kind === 'cancelled') return;
    abandon();
    const decision = decide(fault);
    if (decision === 'restart') {
      restart();
      const what =
        fault.kind === 'device-lost'
          ? 'The GPU was lost and the engine'
          : `${fault.message} Another one`;
      set({ notice: `${what} has started again, from z₀.` });
      return;
    }
    const engine = outlives(fault) && lane.epoch() !== 0 ? get().engine : 'stopped';
    const shown = decision === 'again' ? lostAgain(fault) : fault;
    set({ fault: shown, engine, notice: null });
    if (engine === 'stopped') lane.drop();
  }

  /** Waits for what was asked; a failure counts only where it hasn't been void before. */
  async function attempt(asked: Promise<void>): Promise<void> {
    const mine = generation;
    try {
      await asked;
    } catch (error) {
      if (mine === generation) fail(faultOf(error));
    }
  }

  /** Calls `task` with the engine once that is ready, unless it is no longer wanted. */
  const whenReady =
    (task: Task): Task =>
    async (engine, wanted) => {
      if (!wanted()) return;
      await preparation?.prepare();
      if (wanted()) await task(engine, wanted);
    };

  /** Has a task of the visitor's done; resolves when it has been, or was dropped. */
  async function queue(activity: AppState['activity'], task: Task): Promise<void> {
    if (get().engine === 'stopped') return;
    start();
    if (get().fault) set({ fault: null });
    const mine = generation;
    waiting++;
    set({ activity });
    await attempt(lane.ask('visitor', task));
    if (mine === generation && --waiting === 0) set({ activity: 'idle' });
  }

  function start(): void {
    if (lane.epoch() !== 0 || get().engine === 'stopped') return;
    fold.clear();
    set({ engine: 'starting', fault: null, solve: -1 });
    // Whatever is cancelled by then, iteration 0 must come up.
    void attempt(lane.ask('visitor', async () => preparation?.prepare()));
  }

  function restart(): void {
    abandon();
    lane.drop();
    set({
      ...{ engine: 'off', device: null, memory: null, problem: null, metered: null, notice: null },
      ...{ adjoint: null, pass: 'forward' },
    });
    if (get().source === 'live') set(notOpened(get().experiment));
    start();
  }

  return {
    start,
    restart,
    flush: fold.flush,
    ask: (task) => {
      start();
      return lane.ask('visitor', task);
    },
    enqueue: (activity, task = () => Promise.resolve()) => {
      void queue(activity, whenReady(task));
    },
    unseen: (task) =>
      queue('running', async (engine, wanted) => {
        if (wanted()) await preparation?.prepareUnseen((reveal) => task(engine, reveal));
      }),
    errand: async (name, task) => {
      if (get().engine === 'stopped' || get().fault) return;
      start();
      const failures: unknown[] = [];
      const careful = whenReady(async (engine, wanted) => {
        try {
          await task(engine, wanted);
        } catch (error) {
          failures.push(error);
        }
      });
      await attempt(lane.ask(name, careful, { yields: true }));
      if (failures.length > 0) throw failures[0];
    },
    endErrands: (name) => {
      lane.interrupt(name);
    },
    cancel: () => {
      lane.interrupt();
    },
  };
}
