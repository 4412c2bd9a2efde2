import { connect, type Engine, type EnginePort } from '../../src/engine/client.ts';
import { EngineFault, toFault } from '../../src/engine/faults.ts';
import { serve, type SessionCommands, type Turn } from '../../src/engine/serve.ts';
import { fakeExplore } from './fakeExplore.ts';
import { fakeSolves, sleep } from './fakeSolves.ts';
import { fakeTraining, type FakeTrainingOptions } from './fakeTraining.ts';
import {
  someCheckRow,
  someDevice,
  someGradients,
  someMemory,
  someMemoryReport,
  someSizes,
  someSpectrum,
} from './fakeValues.ts';
import type {
  CheckRow,
  EngineEvent,
  Fault,
  MemoryReport,
  ProblemReport,
  ProgressNews,
  SolveStatus,
} from '../../src/engine/protocol/protocol.ts';

/** A stand-in for the worker: its residual falls tenfold each iteration. For tests. */
export interface FakeEngine {
  /** Names of the commands it was given, in order. */
  readonly calls: string[];
  readonly emit: (event: EngineEvent) => void;
  readonly disposed: () => boolean;
  /** Ends the worker, as closing its tab does: nobody hears of it. */
  readonly end: () => void;
}

/** How a fake behaves. */
export interface FakeOptions {
  /** The iteration at which the solve converges; default 4. */
  readonly convergesAt?: number;
  /** How the backward solve ends; default `converged`. */
  readonly adjointEnd?: SolveStatus;
  /** Milliseconds a command takes; default 10. */
  readonly delay?: number;
  /** Commands that fail, and how. */
  readonly failing?: Readonly<Record<string, Fault>>;
  /** How it trains. */
  readonly training?: FakeTrainingOptions;
}

/** A factory for fakes, as the store takes it, and all the fakes it has made. */
export function fakeEngines(options: FakeOptions = {}): {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly engines: FakeEngine[];
} {
  const engines: FakeEngine[] = [];
  return {
    engines,
    startEngine: (onEvent) => {
      const { fake, port } = fakeEngine(options);
      engines.push(fake);
      return connect(port, onEvent);
    },
  };
}

/** The worker's real lane and the page's real client around commands that only pretend. */
function fakeEngine(options: FakeOptions): {
  readonly fake: FakeEngine;
  readonly port: EnginePort;
} {
  const { failing = {} } = options;
  let disposed = false;
  const deliver = (data: unknown): void => {
    port.onmessage?.({ data } as MessageEvent<never>);
  };
  const end = (): void => {
    disposed = true;
  };
  const fake: FakeEngine = { calls: [], emit: deliver, disposed: () => disposed, end };
  const begin: Begin = async (name) => {
    fake.calls.push(name);
    await sleep(options.delay ?? 10);
    const fault = failing[name] ?? failing[name.replace(/ .*/, '')];
    if (fault) throw new EngineFault(fault.kind, fault.message);
  };
  const session = fakeSession(options, deliver, begin, () => disposed);
  const handle = serve(session, deliver, toFault);
  const port: EnginePort = {
    postMessage: handle,
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    terminate: end,
  };
  return { fake, port };
}

/** Notes a command, and may fail it. */
export type Begin = (name: string) => Promise<void>;

function fakeSession(
  options: FakeOptions,
  emit: (event: EngineEvent) => void,
  begin: Begin,
  disposed: () => boolean,
): SessionCommands {
  const { convergesAt = 4, adjointEnd = 'converged', delay = 10, training = {} } = options;
  const ends = { forward: 'converged', backward: adjointEnd } as const;
  const { open, newest, advance } = fakeSolves({ convergesAt, ends, emit });
  const progress = async (
    turn: Turn,
    total: number,
    each: (done: number) => ProgressNews,
  ): Promise<void> => {
    for (let done = 1; done <= total && !turn.signal.aborted && !disposed(); done++) {
      await sleep(delay);
      turn.progress(each(done));
    }
  };
  return {
    ...fakeExplore({ begin, forward: () => newest('forward'), open: () => open('forward') }),
    ...fakeTraining({ training, emit, begin, disposed }),
    exportTorch: async () => {
      await begin('exportTorch');
      return {
        program: { name: 'deq_model.py', text: 'print("a model")\n' },
        weights: { name: 'deq_model.safetensors', bytes: new Uint8Array(8) },
        ...{ loss: 4.5, status: 'converged', trainCommand: 'train --text FILE.txt' },
      };
    },
    boot: async (_, preference, kernels = 'auto') => {
      await begin(`boot ${String(preference)}${kernels === 'auto' ? '' : ` ${kernels}`}`);
      const [first = 'auto'] = typeof preference === 'string' ? [preference] : preference;
      if (first === 'auto' || first === 'webgpu') return someDevice;
      return { ...someDevice, backend: { name: first, rejected: [] } };
    },
    configure: async (_, __, weights): Promise<ProblemReport> => {
      await begin(weights ? `configure with ${String(weights.length)} bytes` : 'configure');
      const { solve } = open('forward');
      const shape = [1, 34, 32];
      const trained = weights !== undefined;
      const counts = { parameters: 100, layout: [], notes: [], observes: trained };
      return {
        solve,
        ...counts,
        shape,
        samples: ['x'],
        trained,
        memory: someMemory,
        sizes: someSizes,
      };
    },
    readWeights: async (_, experiment, file) => {
      await begin(`readWeights of ${String(file.length)} bytes`);
      return { experiment, about: 'A network.' };
    },
    exportWeights: async () => {
      await begin('exportWeights');
      return new Uint8Array(5);
    },
    reset: async () => {
      await begin('reset');
      return open('forward');
    },
    openBackward: async (_, { solver }) => {
      await begin(`openBackward ${solver}`);
      return { ...open('backward'), loss: 4.5, openedAt: 1, forwardResidual: 1e-3 };
    },
    step: async ({ signal }, phase, count) => {
      await begin(`step ${phase} ${String(count)}`);
      return advance(signal, phase, count, 0);
    },
    run: async ({ signal }, phase, perSecond, watching) => {
      await begin(`run ${phase} ${String(perSecond)}${watching ? ' watched' : ''}`);
      return advance(signal, phase, Infinity, perSecond === undefined ? 1 : 1000 / perSecond);
    },
    timeIterations: async ({ signal }) => {
      await begin('timeIterations');
      signal.throwIfAborted();
      return 2;
    },
    spectrum: async ({ signal }) => {
      await begin('spectrum');
      signal.throwIfAborted();
      return someSpectrum;
    },
    compareGradients: async (turn) => {
      await begin('compareGradients');
      await progress(turn, 3, (done) => ({ done, total: 3, label: 'Neumann' }));
      turn.signal.throwIfAborted();
      return someGradients;
    },
    measureMemory: async (turn, _, variant, depths) => {
      await begin(`measureMemory ${variant} ${depths.join(' ')}`);
      const reports: MemoryReport[] = [];
      await progress(turn, depths.length, (done) => {
        reports.push(someMemoryReport(variant, depths[done - 1] ?? 0));
        const label = `depth ${String(depths[done - 1])}`;
        return { done, total: depths.length, label, reports: [...reports] };
      });
      return reports;
    },
    check: async (turn, sources) => {
      await begin(`check ${sources.map(({ name }) => name).join(' ')}`);
      const rows: CheckRow[] = [];
      await progress(turn, sources.length, (done) => {
        const row = someCheckRow(sources[done - 1]?.name ?? '');
        rows.push(row);
        return { done, total: sources.length, label: row.file, checks: [row] };
      });
      return { rows, total: sources.length };
    },
  };
}
