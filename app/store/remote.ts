import type { Engine } from '../../src/engine/client.ts';
import type { EngineEvent, Fault } from '../../src/engine/protocol.ts';
import { createBridge } from './bridge.ts';
import { faultOf, LOSS_WINDOW_MILLISECONDS, lostAgain, outlives } from './faults.ts';
import { createPreparation, type Preparation } from './preparation.ts';
import { createQueue, type Work } from './queue.ts';
import type { Remote, Task } from './remoteTypes.ts';
import { nothingMade } from './shown.ts';
import type { Pass, StoreAccess } from './state.ts';
import type { Weights } from './weights.ts';

/** What `createRemote` needs from outside; tests pass a fake engine and clock. */
export interface RemoteOptions extends StoreAccess {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly now: () => number;
  readonly frame: (callback: () => void) => void;
  readonly weights: Weights;
}

/** One engine at a time, and one command of it at a time. */
export function createRemote(options: RemoteOptions): Remote {
  const { get, set, startEngine, now, frame, weights } = options;
  let engine: Engine | null = null;
  let preparation: Preparation | null = null;
  let lastLoss = -Infinity;

  const interrupt = (): void => engine?.interrupt();
  const queue = createQueue({
    setActivity: (activity) => {
      set({ activity });
    },
    interrupt,
  });
  const bridge = createBridge({ get, set, frame, onFault: fail });

  function fail(fault: Fault): void {
    if (fault.kind === 'cancelled') return;
    queue.abandon();
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

  /** Runs something of `mine`; a failure counts only while `mine` is the engine in use. */
  async function attempt(mine: Engine, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (mine === engine) fail(faultOf(error));
    }
  }

  /** Calls `run` with the engine once that is ready for `pass`, unless it is no longer wanted. */
  const whenReady =
    (pass: Pass, run: Task): Work =>
    async (wanted) => {
      const mine = engine;
      if (!mine || get().engine !== 'on') return;
      await attempt(mine, async () => {
        await preparation?.prepare(pass);
        if (wanted() && mine === engine) await run(mine, wanted);
      });
    };

  function start(): void {
    if (engine) return;
    bridge.clear();
    const mine = startEngine((event) => {
      if (mine === engine && !preparation?.absorbs(event)) bridge.push(event);
    });
    engine = mine;
    const alive = (): boolean => mine === engine;
    const mineReady = createPreparation(mine, {
      ...{ get, set, weights, alive },
      flush: bridge.flush,
    });
    preparation = mineReady;
    set({ engine: 'starting', fault: null, solve: -1 });
    queue.begin(() =>
      attempt(mine, async () => {
        const device = await mine.boot('auto', get().kernels);
        if (!alive()) return;
        set({ device, engine: 'on' });
        await mineReady.prepare('forward');
      }),
    );
  }

  function restart(): void {
    queue.abandon();
    const old = engine;
    engine = null;
    old?.dispose();
    set({
      device: null,
      memory: null,
      problem: null,
      notice: null,
      adjoint: null,
      pass: 'forward',
    });
    if (get().source === 'live') set(nothingMade());
    start();
  }

  return {
    start,
    restart,
    flush: bridge.flush,
    enqueue: (activity, task = () => Promise.resolve(), pass = 'forward') => {
      if (get().engine === 'stopped') return;
      start();
      if (get().fault) set({ fault: null });
      queue.add(activity, whenReady(pass, task));
    },
    errand: async (task, pass) => {
      if (get().engine === 'stopped' || get().fault) return;
      start();
      const failures: unknown[] = [];
      const careful: Task = async (mine, wanted) => {
        try {
          await task(mine, wanted);
        } catch (error) {
          failures.push(error);
        }
      };
      await queue.errand(whenReady(pass, careful));
      if (failures.length > 0) throw failures[0];
    },
    endErrands: queue.makeWay,
    cancel: () => {
      queue.drop();
      interrupt();
    },
  };
}
