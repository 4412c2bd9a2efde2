import type { EngineCommands, EngineEvent, Fault, Interrupt, Reply, Request } from './protocol.ts';

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
  postMessage: (message: Request | Interrupt) => void;
  onmessage: ((event: MessageEvent<Reply | EngineEvent>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate: () => void;
}

/** Start the engine's worker; it loads TensorFlow.js on its own thread. */
export function startEngine(onEvent: (event: EngineEvent) => void): Engine {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  return connect(worker, onEvent);
}

/** A typed stand-in for the session that lives behind `port`. */
export function connect(port: EnginePort, onEvent: (event: EngineEvent) => void): Engine {
  const waiting = new Map<number, { resolve: (v: unknown) => void; reject: (e: Error) => void }>();
  let next = 0;
  const rejectAll = (fault: Fault): void => {
    for (const { reject } of waiting.values()) reject(new EngineError(fault));
    waiting.clear();
  };
  port.onmessage = ({ data }) => {
    if ('event' in data) {
      onEvent(data);
      return;
    }
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.ok) call?.resolve(data.value);
    else call?.reject(new EngineError(data.fault));
  };
  port.onerror = (event) => {
    const fault: Fault = {
      kind: 'internal',
      message: `The engine stopped: ${event.message || 'its worker could not be loaded'}. Reload the page to start it again.`,
    };
    rejectAll(fault);
    onEvent({ event: 'fault', fault });
  };
  const call =
    <K extends keyof EngineCommands>(command: K) =>
    (...args: Parameters<EngineCommands[K]>): ReturnType<EngineCommands[K]> =>
      new Promise<unknown>((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        // The pair (command, args) is one of the union's members by construction of `call`.
        port.postMessage({ id, command, args } as unknown as Request);
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
      port.postMessage({ interrupt: true });
    },
    dispose: () => {
      port.terminate();
      rejectAll({ kind: 'cancelled', message: 'The engine was stopped.' });
    },
  };
}
