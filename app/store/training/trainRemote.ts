import { EngineError, type Engine } from '../../../src/engine/client.ts';
import type {
  BackendPreference,
  DeviceReport,
  EngineEvent,
  Fault,
  KernelPreference,
} from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from '../faults.ts';

/** What a turn at the engine is for. One turn is one command. */
export type Turn = 'open' | 'change' | 'train' | 'timeline' | 'sample' | 'corpus' | 'file';

/** Turns that end early when anything else is asked; who took them asks again. */
const yielding: ReadonlySet<Turn | null> = new Set<Turn>(['train', 'timeline']);

/** The page's hold on the engine that trains: started when first asked, one command at a time. */
export interface TrainRemote {
  /**
   * Gives `task` its turn after all that was asked before. Training and automatic samples make
   * way at once. Rejects as cancelled when the engine is given up meanwhile.
   */
  readonly ask: <T>(turn: Turn, task: (engine: Engine) => Promise<T>) => Promise<T>;
  /** Ends the current turn early if it is one of these. */
  readonly interrupt: (...turns: readonly Turn[]) => void;
  /** Gives the engine up; the next `ask` starts another. */
  readonly drop: () => void;
  /** Number of the engine in use, 0 while there is none: what one engine holds, the next doesn't. */
  readonly epoch: () => number;
}

/** One engine with its lane. */
interface Lane {
  readonly engine: Engine;
  readonly number: number;
  tail: Promise<unknown>;
  current: Turn | null;
  /** Rejects when the engine is given up: commands of a lost device may never answer. */
  readonly gone: Promise<never>;
  readonly abandon: (error: Error) => void;
}

/** No engine yet. */
export function createTrainRemote(options: {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly backend: () => BackendPreference;
  readonly kernels: () => KernelPreference;
  readonly onBooted: (device: DeviceReport) => void;
  readonly onEvent: (event: EngineEvent) => void;
  readonly onFault: (fault: Fault) => void;
}): TrainRemote {
  let lane: Lane | null = null;
  let numbered = 0;

  const drop = (): void => {
    const old = lane;
    lane = null;
    old?.engine.dispose();
    old?.abandon(
      new EngineError({ kind: 'cancelled', message: 'The training engine was stopped.' }),
    );
  };

  const open = (): Lane => {
    const engine = options.startEngine((event) => {
      if (lane?.engine !== engine) return;
      if (event.event === 'fault') options.onFault(event.fault);
      else options.onEvent(event);
    });
    let abandon: (error: Error) => void = () => undefined;
    const gone = new Promise<never>((_, reject) => {
      abandon = reject;
    });
    // Given up while nobody waits: nothing to tell anyone.
    gone.catch(() => undefined);
    const boot = async (): Promise<void> => {
      try {
        const device = await Promise.race([
          engine.boot(options.backend(), options.kernels()),
          gone,
        ]);
        if (lane?.engine === engine) options.onBooted(device);
      } catch (error) {
        // An engine that did not boot is of no use to the next attempt.
        if (lane?.engine === engine) drop();
        throw new EngineError(faultOf(error));
      }
    };
    numbered++;
    lane = { engine, number: numbered, tail: boot(), current: null, gone, abandon };
    return lane;
  };

  return {
    ask: (turn, task) => {
      const mine = lane ?? open();
      if (yielding.has(mine.current)) mine.engine.interrupt();
      const answer = mine.tail.then(async () => {
        if (lane !== mine) return mine.gone;
        mine.current = turn;
        try {
          return await Promise.race([task(mine.engine), mine.gone]);
        } finally {
          mine.current = null;
        }
      });
      mine.tail = answer.catch(() => undefined);
      return answer;
    },
    interrupt: (...turns) => {
      if (lane?.current && turns.includes(lane.current)) lane.engine.interrupt();
    },
    drop,
    epoch: () => lane?.number ?? 0,
  };
}
