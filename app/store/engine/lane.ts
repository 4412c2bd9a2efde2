import { EngineError, type Engine, type EngineCalls } from '../../../src/engine/client.ts';
import type { EngineEvent, Fault } from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from './faults.ts';

/** Something to ask of an engine. `wanted` turns false when the task is interrupted; its commands then end early. */
export type Task<T = void> = (engine: EngineCalls, wanted: () => boolean) => Promise<T>;

/** Starts a worker with an engine; tests pass one that starts a fake. */
export type StartEngine = (onEvent: (event: EngineEvent) => void) => Engine;

/** One engine at a time, started when first asked, and one task of it at a time. */
export interface EngineLane<Name extends string> {
  /**
   * Gives `task` its turn after all that was asked before; where nothing was, it starts before this returns. One that `yields` is interrupted, running or waiting, by
   * whatever is asked after it that doesn't: who asked for it asks again. Rejects with what the task throws, with the
   * engine's failure to start, or as cancelled where the engine is given up meanwhile.
   */
  readonly ask: <T>(name: Name, task: Task<T>, how?: { readonly yields?: boolean }) => Promise<T>;
  /** Interrupts the tasks of these names, running or waiting, or all of them where none is named. */
  readonly interrupt: (...names: readonly Name[]) => void;
  /** Gives the engine up, and with it all that was asked; the next `ask` starts another. */
  readonly drop: (why?: Fault) => void;
  /** Number of the engine in use, 0 while there is none: what one engine holds, the next doesn't. */
  readonly epoch: () => number;
}

/** What a lane is made of. */
export interface LaneOptions {
  readonly startEngine: StartEngine;
  /** Has a new engine boot; `current` turns false when it is given up. A failure gives it up too. */
  readonly boot: (engine: EngineCalls, current: () => boolean) => Promise<void>;
  /** Takes what the engine says unasked, but its faults. */
  readonly onEvent?: (event: Exclude<EngineEvent, { readonly event: 'fault' }>) => void;
  /** Takes faults that no command has answered with. What becomes of the engine is the caller's to decide. */
  readonly onFault: (fault: Fault) => void;
}

/** An engine, and what is asked of it. */
interface Opened<Name> {
  readonly engine: Engine;
  readonly number: number;
  /** Tasks that wait or run. */
  readonly asked: Set<{ readonly name: Name; readonly yields: boolean; stop: AbortController }>;
  tail: Promise<unknown>;
  booted: boolean;
  /** Rejects when the engine is given up: commands of a lost device may never answer. */
  readonly gone: Promise<never>;
  readonly abandon: (error: Error) => void;
}

const STOPPED: Fault = { kind: 'cancelled', message: 'The engine was stopped.' };

/** A lane without an engine. */
export function createEngineLane<Name extends string>(options: LaneOptions): EngineLane<Name> {
  let opened: Opened<Name> | null = null;
  let numbered = 0;

  const drop = (why = STOPPED): void => {
    const old = opened;
    opened = null;
    if (!old) return;
    old.engine.dispose();
    old.abandon(new EngineError(why));
    for (const { stop } of old.asked) stop.abort();
  };

  const open = (): Opened<Name> => {
    const engine = options.startEngine((event) => {
      if (!current()) return;
      if (event.event === 'fault') options.onFault(event.fault);
      else options.onEvent?.(event);
    });
    const current = (): boolean => opened?.engine === engine;
    let abandon: (error: Error) => void = () => undefined;
    const gone = new Promise<never>((_, reject) => {
      abandon = reject;
    });
    // Given up while nobody waits: nothing to tell anyone.
    gone.catch(() => undefined);
    const boot = async (): Promise<void> => {
      try {
        await Promise.race([options.boot(engine, current), gone]);
        mine.booted = true;
      } catch (error) {
        // An engine that did not boot is of no use to the next attempt.
        if (current()) drop();
        throw new EngineError(faultOf(error));
      }
    };
    numbered++;
    const mine: Opened<Name> = {
      ...{ engine, number: numbered, asked: new Set(), gone, abandon },
      ...{ tail: Promise.resolve(), booted: false },
    };
    opened = mine;
    mine.tail = boot();
    return mine;
  };

  const interrupt = (
    which: (task: { readonly name: Name; readonly yields: boolean }) => boolean,
  ) => {
    for (const task of opened?.asked ?? []) if (which(task)) task.stop.abort();
  };

  return {
    ask: (name, task, { yields = false } = {}) => {
      const mine = opened ?? open();
      if (!yields) interrupt((other) => other.yields);
      const turn = { name, yields, stop: new AbortController() };
      const { signal } = turn.stop;
      const begin = async () => {
        if (opened !== mine) return mine.gone;
        const wanted = (): boolean => !signal.aborted;
        return Promise.race([task(mine.engine.with({ signal }), wanted), mine.gone]);
      };
      // The engine works while the page draws what was changed: that is why nothing is awaited without need.
      const free = mine.booted && mine.asked.size === 0;
      mine.asked.add(turn);
      const answer = free ? begin() : mine.tail.then(begin);
      mine.tail = answer
        .catch(() => undefined)
        .finally(() => {
          mine.asked.delete(turn);
        });
      return answer;
    },
    interrupt: (...names) => {
      interrupt(({ name }) => names.length === 0 || names.includes(name));
    },
    drop,
    epoch: () => opened?.number ?? 0,
  };
}
