import type { Engine } from '../../src/engine/client.ts';
import type { EngineEvent, Fault } from '../../src/engine/protocol/protocol.ts';
import { createBridge } from './bridge.ts';
import { createRestarts, faultOf, lostAgain, outlives, tellQuiet } from './faults.ts';
import { createPreparation, type Prepare } from './preparation.ts';
import { createQueue, type Work } from './queue.ts';
import type { Remote, Task } from './remoteTypes.ts';
import { nothingMade } from './shown.ts';
import type { StoreAccess } from './state.ts';
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
  let prepare: Prepare | null = null;
  const decide = createRestarts(now);

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
    const engineState = outlives(fault) ? get().engine : 'stopped';
    const shown = decision === 'again' ? lostAgain(fault) : fault;
    set({ fault: shown, engine: engineState, notice: null });
  }

  /** Runs something of `mine`; a failure counts only while `mine` is the engine in use. */
  async function attempt(mine: Engine, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (mine === engine) fail(faultOf(error));
    }
  }

  /** Calls `run` with the engine once that is ready, unless it is no longer wanted. */
  const whenReady =
    (run: Task): Work =>
    async (wanted) => {
      const mine = engine;
      if (!mine || get().engine !== 'on') return;
      await attempt(mine, async () => {
        await prepare?.();
        if (wanted() && mine === engine) await run(mine, wanted);
      });
    };

  function start(): void {
    if (engine) return;
    bridge.clear();
    const mine = startEngine((event) => {
      if (mine !== engine) return;
      if (event.event === 'quiet') tellQuiet({ get, set }, event.quiet);
      else bridge.push(event);
    });
    engine = mine;
    const alive = (): boolean => mine === engine;
    const mineReady = createPreparation(mine, {
      ...{ get, set, weights, alive },
      flush: bridge.flush,
    });
    prepare = mineReady;
    set({ engine: 'starting', fault: null, solve: -1 });
    queue.begin(() =>
      attempt(mine, async () => {
        const device = await mine.boot('auto', get().kernels);
        if (!alive()) return;
        set({ device, engine: 'on' });
        await mineReady();
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
    enqueue: (activity, task = () => Promise.resolve()) => {
      if (get().engine === 'stopped') return;
      start();
      if (get().fault) set({ fault: null });
      queue.add(activity, whenReady(task));
    },
    errand: async (name, task) => {
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
      await queue.errand(name, whenReady(careful));
      if (failures.length > 0) throw failures[0];
    },
    endErrands: queue.makeWay,
    cancel: () => {
      queue.drop();
      interrupt();
    },
  };
}
