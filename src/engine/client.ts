import { createHeartbeat, givenUpAfter } from './heartbeat.ts';
import { EngineError } from './protocol/engineError.ts';
import type {
  EngineCommands,
  EngineEvent,
  Fault,
  Interrupt,
  Ping,
  Pong,
  Progressed,
  ProgressNews,
  Reply,
  Request,
} from './protocol/protocol.ts';

export { EngineError };

/** How commands are asked, beyond what they are given. */
export interface How {
  /** Interrupts what is asked, and nothing else, when it aborts. */
  readonly signal?: AbortSignal;
  /** Hears how far what is asked has come. */
  readonly onProgress?: (news: ProgressNews) => void;
}

/** The engine's commands. */
export interface EngineCalls extends EngineCommands {
  /** The same commands, asked in this way too. */
  readonly with: (how: How) => EngineCalls;
}

/** The engine as the page sees it: its commands, a way to interrupt, and an end. */
export interface Engine extends EngineCalls {
  /** Interrupts every command that has not been answered yet: each ends after its current iteration, step or token. */
  readonly interrupt: () => void;
  /** Ends the worker; whatever was waiting is rejected as cancelled. */
  readonly dispose: () => void;
}

/** The part of `Worker` the client uses; tests pass a stand-in. */
export interface EnginePort {
  postMessage: (message: Request | Interrupt | Ping) => void;
  onmessage: ((event: MessageEvent<Reply | Progressed | EngineEvent | Pong>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  terminate: () => void;
}

/** Calls back when whoever holds a lock gives it up, unless the signal is aborted before. */
export type WhenReleased = (lock: string, released: () => void, signal: AbortSignal) => void;

/** Start the engine's worker; it loads TensorFlow.js on its own thread. */
export function startEngine(onEvent: (event: EngineEvent) => void): Engine {
  const lock = `deq-engine-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: lock,
  });
  return connect(worker, onEvent, { lock, whenReleased });
}

const whenReleased: WhenReleased = (lock, released, signal) => {
  navigator.locks.request(lock, { signal }, released).catch(() => {
    // Aborted, since the engine was ended on purpose.
  });
};

/**
 * A typed stand-in for the session that lives behind `port`. A worker that closes itself is noticed by the lock it
 * held, one that answers nothing by its heartbeat: either is a fault of kind `engine-lost`, and all that waits is
 * rejected with it.
 */
export function connect(
  port: EnginePort,
  onEvent: (event: EngineEvent) => void,
  life?: { readonly lock: string; readonly whenReleased: WhenReleased },
): Engine {
  const waiting = new Map<Request['id'], Call>();
  const ended = new AbortController();
  let next = 0;
  /** Why nothing can be asked any more. */
  let end: Fault | undefined;
  const rejectAll = (fault: Fault): void => {
    for (const { reject } of waiting.values()) reject(new EngineError(fault));
    waiting.clear();
    heart.rest();
  };
  const close = (fault: Fault): void => {
    end ??= fault;
    ended.abort();
    port.terminate();
    rejectAll(fault);
  };
  const lose = (what: string): void => {
    if (end) return;
    const fault: Fault = { kind: 'engine-lost', message: what };
    close(fault);
    onEvent({ event: 'fault', fault });
  };
  const heart = createHeartbeat({
    ask: () => {
      port.postMessage({ ping: true });
    },
    onQuiet: (quiet) => {
      onEvent({ event: 'quiet', quiet });
    },
    onLost: () => {
      lose(`The engine has not answered for ${String(givenUpAfter / 60_000)} minutes.`);
    },
  });
  port.onmessage = ({ data }) => {
    heart.heard();
    if ('pong' in data) {
      if (data.locked && life)
        life.whenReleased(
          life.lock,
          () => {
            lose('The engine’s worker has ended by itself.');
          },
          ended.signal,
        );
      return;
    }
    if ('event' in data) {
      onEvent(data);
      return;
    }
    const call = waiting.get(data.id);
    if ('progress' in data) {
      call?.onProgress?.(data.progress);
      return;
    }
    waiting.delete(data.id);
    if (waiting.size === 0) heart.rest();
    if (data.ok) call?.resolve(data.value);
    else call?.reject(new EngineError(data.fault));
  };
  const stop = (why: string): void => {
    const fault: Fault = { kind: 'internal', message: why };
    rejectAll(fault);
    onEvent({ event: 'fault', fault });
  };
  port.onerror = (event) => {
    stop(
      `The engine stopped: ${event.message || 'its worker could not be loaded'}. Reload the page to start it again.`,
    );
  };
  port.onmessageerror = () => {
    // Whose answer it was is not known, so nobody is left to wait for it.
    stop('The page could not read what the engine answered. Restart the engine to go on.');
  };
  const interrupt = (ids: readonly Request['id'][]): void => {
    if (!end && ids.length > 0) port.postMessage({ interrupt: ids });
  };
  const ask = (
    command: keyof EngineCommands,
    args: unknown,
    { signals, onProgress }: Asked,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (end) {
        reject(new EngineError(end));
        return;
      }
      const id = next++;
      const onAbort = (): void => {
        interrupt([id]);
      };
      // The pair (command, args) is one of the union's members: the commands' types see to it.
      port.postMessage({ id, command, args } as unknown as Request);
      const release = (): void => {
        for (const signal of signals) signal.removeEventListener('abort', onAbort);
      };
      waiting.set(id, {
        resolve: (value) => {
          release();
          resolve(value);
        },
        reject: (error) => {
          release();
          reject(error);
        },
        onProgress,
      });
      heart.expect();
      for (const signal of signals) signal.addEventListener('abort', onAbort);
      // Asked all the same: what it answers then, the command knows best.
      if (signals.some(({ aborted }) => aborted)) onAbort();
    });
  const callsOf = (asked: Asked): EngineCalls => {
    const further = ({ signal, onProgress }: How): EngineCalls =>
      callsOf({
        signals: signal ? [...asked.signals, signal] : asked.signals,
        onProgress: onProgress ?? asked.onProgress,
      });
    return new Proxy({} as EngineCalls, {
      get: (_, name) => {
        // Whatever awaits it would take it for a promise.
        if (typeof name === 'symbol' || name === 'then') return undefined;
        if (name === 'with') return further;
        return (...args: unknown[]) => ask(name as keyof EngineCommands, args, asked);
      },
    });
  };
  const ends: Pick<Engine, 'interrupt' | 'dispose'> = {
    interrupt: () => {
      interrupt([...waiting.keys()]);
    },
    dispose: () => {
      close({ kind: 'cancelled', message: 'The engine was stopped.' });
    },
  };
  const calls = callsOf({ signals: [], onProgress: undefined });
  return new Proxy(calls as Engine, {
    get: (target, name: keyof Engine) =>
      name === 'interrupt' || name === 'dispose' ? ends[name] : target[name],
  });
}

/** A command that has not been answered yet. */
interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: How['onProgress'] | undefined;
}

/** All that was said `with` which a command is asked. */
interface Asked {
  readonly signals: readonly AbortSignal[];
  readonly onProgress: How['onProgress'] | undefined;
}
