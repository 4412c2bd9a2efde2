import type { Experiment } from '../../src/config/experiment.ts';
import type { Engine } from '../../src/engine/client.ts';
import type { EngineEvent, Fault } from '../../src/engine/protocol.ts';
import { createBridge } from './bridge.ts';
import { faultOf, LOSS_WINDOW_MILLISECONDS, lostAgain, outlives } from './faults.ts';
import type { AppState, StoreAccess } from './state.ts';

/** Something to ask of an engine that is ready: booted, configured, at iteration 0 or later. */
export type Task = (engine: Engine) => Promise<void>;

/** The store's hold on the engine: starts it, keeps commands in order, replaces it when it dies. */
export interface Remote {
  readonly start: () => void;
  readonly restart: () => void;
  /** Does `task` after everything asked before; `cancel` drops it while it waits. */
  readonly enqueue: (activity: AppState['activity'], task?: Task) => void;
  /** Interrupts what runs and drops what waits. */
  readonly cancel: () => void;
  /** Folds the records that have come in so far. */
  readonly flush: () => void;
}

/** What `createRemote` needs from outside; tests pass a fake engine and clock. */
export interface RemoteOptions extends StoreAccess {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly now: () => number;
  readonly frame: (callback: () => void) => void;
}

/** One engine at a time, and one command of it at a time. */
export function createRemote({ get, set, startEngine, now, frame }: RemoteOptions): Remote {
  let engine: Engine | null = null;
  let configured: Experiment | null = null;
  let tail = Promise.resolve();
  let ticket = 0;
  let generation = 0;
  let waiting = 0;
  let lastLoss = -Infinity;

  const bridge = createBridge({ get, set, frame, onFault: fail });

  function fail(fault: Fault): void {
    if (fault.kind === 'cancelled') return;
    abandon();
    const lost = fault.kind === 'device-lost';
    if (lost && now() - lastLoss > LOSS_WINDOW_MILLISECONDS) {
      lastLoss = now();
      restart();
      set({ notice: 'The GPU was lost and the engine has started again, from z₀.' });
      return;
    }
    const engineState = outlives(fault) ? get().engine : 'stopped';
    set({ fault: lost ? lostAgain(fault) : fault, engine: engineState, notice: null });
  }

  /** Runs one task of `mine`; a failure counts only while `mine` is the engine in use. */
  async function attempt(mine: Engine, task: Task): Promise<void> {
    try {
      await task(mine);
    } catch (error) {
      if (mine === engine) fail(faultOf(error));
    }
  }

  /** Brings the engine to the set-up in the rail and, once live, to iteration 0. */
  async function prepare(mine: Engine): Promise<void> {
    const { experiment } = get();
    if (configured !== experiment) {
      const problem = await mine.configure(experiment);
      if (mine !== engine) return;
      configured = experiment;
      bridge.flush();
      set({ problem, solve: problem.solve, memory: problem.memory });
      if (get().source === 'live') set({ records: [], status: 'running' });
    }
    if (get().source === 'recorded') return;
    if (get().applied !== configured) set({ applied: configured });
    if (get().records.length > 0) return;
    const report = await mine.step(1);
    bridge.flush();
    if (report.solve === get().solve) set({ status: report.status });
  }

  function start(): void {
    if (engine) return;
    bridge.clear();
    configured = null;
    const mine = startEngine((event) => {
      if (mine === engine) bridge.push(event);
    });
    engine = mine;
    set({ engine: 'starting', fault: null, solve: -1 });
    tail = attempt(mine, async () => {
      const device = await mine.boot('auto');
      if (mine !== engine) return;
      set({ device, engine: 'on' });
      await prepare(mine);
    });
  }

  /** Gives up what runs and what waits: nobody may be left to finish it. */
  function abandon(): void {
    ticket++;
    generation++;
    waiting = 0;
    set({ activity: 'idle' });
  }

  function restart(): void {
    abandon();
    const old = engine;
    engine = null;
    old?.dispose();
    set({ device: null, memory: null, problem: null, notice: null });
    if (get().source === 'live') set({ records: [], status: 'running' });
    start();
  }

  return {
    start,
    restart,
    flush: bridge.flush,
    enqueue: (activity, task) => {
      if (get().engine === 'stopped') return;
      start();
      if (get().fault) set({ fault: null });
      const mine = ticket;
      const born = generation;
      waiting++;
      set({ activity });
      tail = tail.then(async () => {
        const current = engine;
        if (mine === ticket && current && get().engine === 'on') {
          await attempt(current, async () => {
            await prepare(current);
            if (mine === ticket && current === engine) await task?.(current);
          });
        }
        if (born !== generation) return;
        waiting--;
        if (waiting === 0) set({ activity: 'idle' });
      });
    },
    cancel: () => {
      ticket++;
      engine?.interrupt();
    },
  };
}
