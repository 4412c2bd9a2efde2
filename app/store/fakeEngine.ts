import { EngineError, type Engine } from '../../src/engine/client.ts';
import type {
  DeviceReport,
  EngineEvent,
  Fault,
  IterationRecord,
  MemorySample,
  ProblemReport,
  SolveReport,
  SolveStatus,
} from '../../src/engine/protocol.ts';

/** A stand-in for the worker: its residual falls tenfold each iteration. For tests. */
export interface FakeEngine extends Engine {
  /** Names of the commands it was given, in order. */
  readonly calls: string[];
  readonly emit: (event: EngineEvent) => void;
  readonly disposed: () => boolean;
}

/** How a fake behaves. */
export interface FakeOptions {
  /** The iteration at which the solve converges; default 4. */
  readonly convergesAt?: number;
  /** Milliseconds a command takes; default 10. */
  readonly delay?: number;
  /** Commands that fail, and how. */
  readonly failing?: Readonly<Record<string, Fault>>;
}

/** Some memory. */
export const someMemory: MemorySample = {
  live: 1e6,
  peak: 2e6,
  pool: 3e6,
  tensors: 5,
  exact: true,
};

/** Some device. */
export const someDevice: DeviceReport = {
  backend: {
    name: 'webgpu',
    adapter: { vendor: 'acme', architecture: 'one', description: '', isFallback: false },
    rejected: [],
  },
  selfTest: { passed: true, forwardError: 1e-7, gradientError: 2e-7, milliseconds: 30 },
};

/** A record of a batch of one whose residual is ten to the minus iteration. */
export const someRecord = (iteration: number): IterationRecord => ({
  iteration,
  evaluations: iteration + 1,
  abs: [10 ** (1 - iteration)],
  rel: [10 ** -iteration],
  milliseconds: 2,
  status: 'running',
});

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A factory for fakes, as the store takes it, and all the fakes it has made. */
export function fakeEngines(options: FakeOptions = {}): {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly engines: FakeEngine[];
} {
  const engines: FakeEngine[] = [];
  return {
    engines,
    startEngine: (onEvent) => {
      const engine = fakeEngine(onEvent, options);
      engines.push(engine);
      return engine;
    },
  };
}

function fakeEngine(emit: (event: EngineEvent) => void, options: FakeOptions): FakeEngine {
  const { convergesAt = 4, delay = 10, failing = {} } = options;
  const calls: string[] = [];
  let disposed = false;
  let interrupted = false;
  let solve = 0;
  let next = 0;
  const status = (): SolveStatus => (next > convergesAt ? 'converged' : 'running');

  const begin = async (name: string): Promise<void> => {
    calls.push(name);
    interrupted = false;
    await sleep(delay);
    const fault = failing[name];
    if (fault) throw new EngineError(fault);
    if (disposed) throw new EngineError({ kind: 'cancelled', message: 'The engine was stopped.' });
  };
  const advance = async (count: number, pause: number): Promise<SolveReport> => {
    for (let made = 0; made < count && !interrupted && status() === 'running'; made++) {
      const records = [someRecord(next)];
      next++;
      emit({ event: 'records', solve, records, status: status(), memory: someMemory });
      await sleep(pause);
    }
    return { solve, status: status(), interrupted };
  };
  return {
    calls,
    emit,
    disposed: () => disposed,
    boot: async () => {
      await begin('boot');
      return someDevice;
    },
    configure: async (): Promise<ProblemReport> => {
      await begin('configure');
      solve++;
      next = 0;
      const shape = [1, 34, 32];
      return { solve, parameters: 100, shape, samples: ['x'], unknown: 0, memory: someMemory };
    },
    reset: async () => {
      await begin('reset');
      solve++;
      next = 0;
      return { solve, status: status(), interrupted: false };
    },
    step: async (count) => {
      await begin('step');
      return advance(count, 0);
    },
    run: async (perSecond) => {
      await begin(`run ${String(perSecond)}`);
      return advance(Infinity, perSecond === undefined ? 1 : 1000 / perSecond);
    },
    interrupt: () => {
      interrupted = true;
    },
    dispose: () => {
      disposed = true;
    },
  };
}
