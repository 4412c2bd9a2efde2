import { createHeartbeat, givenUpAfter } from './heartbeat.ts';
import type {
  EngineCommands,
  EngineEvent,
  Fault,
  Interrupt,
  Ping,
  Pong,
  Reply,
  Request,
} from './protocol/protocol.ts';

/** A command that failed; `fault` says how, in words for the user. */
export class EngineError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = 'EngineError';
    this.fault = fault;
  }
}

/** The engine as the page sees it: its commands, a way to interrupt, and an end. */
export interface Engine extends EngineCommands {
  /** Ends the running command after its current iteration, training step or token. */
  readonly interrupt: () => void;
  /** Ends the worker; whatever was waiting is rejected as cancelled. */
  readonly dispose: () => void;
}

/** The part of `Worker` the client uses; tests pass a stand-in. */
export interface EnginePort {
  postMessage: (message: Request | Interrupt | Ping) => void;
  onmessage: ((event: MessageEvent<Reply | EngineEvent | Pong>) => void) | null;
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
  const waiting = new Map<number, { resolve: (v: unknown) => void; reject: (e: Error) => void }>();
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
  const call =
    <K extends keyof EngineCommands>(command: K) =>
    (...args: Parameters<EngineCommands[K]>): ReturnType<EngineCommands[K]> =>
      new Promise<unknown>((resolve, reject) => {
        if (end) {
          reject(new EngineError(end));
          return;
        }
        const id = next++;
        // The pair (command, args) is one of the union's members by construction of `call`.
        port.postMessage({ id, command, args } as unknown as Request);
        waiting.set(id, { resolve, reject });
        heart.expect();
      }) as ReturnType<EngineCommands[K]>;
  return {
    boot: call('boot'),
    configure: call('configure'),
    reset: call('reset'),
    step: call('step'),
    run: call('run'),
    openBackward: call('openBackward'),
    compareGradients: call('compareGradients'),
    spectrum: call('spectrum'),
    measureMemory: call('measureMemory'),
    inspect: call('inspect'),
    explain: call('explain'),
    fork: call('fork'),
    distance: call('distance'),
    race: call('race'),
    check: call('check'),
    openCorpus: call('openCorpus'),
    openTraining: call('openTraining'),
    train: call('train'),
    changeTraining: call('changeTraining'),
    saveTraining: call('saveTraining'),
    exportModel: call('exportModel'),
    openModel: call('openModel'),
    generate: call('generate'),
    interrupt: () => {
      if (!end) port.postMessage({ interrupt: true });
    },
    dispose: () => {
      close({ kind: 'cancelled', message: 'The engine was stopped.' });
    },
  };
}
