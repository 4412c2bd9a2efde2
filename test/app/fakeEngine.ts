import { EngineError, type Engine } from '../../src/engine/client.ts';
import { fakeExplore } from './fakeExplore.ts';
import { fakeSolves, sleep } from './fakeSolves.ts';
import { fakeTraining, type FakeTrainingOptions } from './fakeTraining.ts';
import {
  someCheckRow,
  someDevice,
  someGradients,
  someMemory,
  someMemoryReport,
  someSpectrum,
} from './fakeValues.ts';
import type {
  CheckRow,
  EngineEvent,
  Fault,
  MemoryReport,
  ProblemReport,
  SolveStatus,
} from '../../src/engine/protocol/protocol.ts';

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
      const engine = fakeEngine(onEvent, options);
      engines.push(engine);
      return engine;
    },
  };
}

function fakeEngine(emit: (event: EngineEvent) => void, options: FakeOptions): FakeEngine {
  const { convergesAt = 4, adjointEnd = 'converged', delay = 10, failing = {} } = options;
  const calls: string[] = [];
  let disposed = false;
  let interrupted = false;

  const begin = async (name: string): Promise<void> => {
    calls.push(name);
    interrupted = false;
    await sleep(delay);
    const fault = failing[name] ?? failing[name.replace(/ .*/, '')];
    if (fault) throw new EngineError(fault);
    if (disposed) throw new EngineError({ kind: 'cancelled', message: 'The engine was stopped.' });
  };
  const { open, newest, advance } = fakeSolves({
    convergesAt,
    ends: { forward: 'converged', backward: adjointEnd },
    emit,
    interrupted: () => interrupted,
  });
  const progress = async (total: number, each: (done: number) => EngineEvent): Promise<void> => {
    for (let done = 1; done <= total && !interrupted && !disposed; done++) {
      await sleep(delay);
      emit(each(done));
    }
  };
  const { training = {} } = options;
  return {
    ...fakeExplore({
      begin,
      emit,
      interrupted: () => interrupted || disposed,
      forward: () => newest('forward'),
      open: () => open('forward'),
    }),
    ...fakeTraining({ training, emit, begin, interrupted: () => interrupted || disposed }),
    calls,
    emit,
    disposed: () => disposed,
    boot: async (preference, kernels = 'auto') => {
      await begin(`boot ${preference}${kernels === 'auto' ? '' : ` ${kernels}`}`);
      return someDevice;
    },
    configure: async (_, weights): Promise<ProblemReport> => {
      await begin(weights ? `configure with ${String(weights.length)} bytes` : 'configure');
      const { solve } = open('forward');
      const shape = [1, 34, 32];
      const trained = weights !== undefined;
      const counts = { parameters: 100, unknown: 0 };
      return { solve, ...counts, shape, samples: ['x'], trained, memory: someMemory };
    },
    reset: async () => {
      await begin('reset');
      return open('forward');
    },
    openBackward: async () => {
      await begin('openBackward');
      return { ...open('backward'), loss: 4.5, forwardResidual: 1e-3 };
    },
    step: async (phase, count) => {
      await begin(`step ${phase} ${String(count)}`);
      return advance(phase, count, 0);
    },
    run: async (phase, perSecond) => {
      await begin(`run ${phase} ${String(perSecond)}`);
      return advance(phase, Infinity, perSecond === undefined ? 1 : 1000 / perSecond);
    },
    spectrum: async () => {
      await begin('spectrum');
      return someSpectrum;
    },
    compareGradients: async () => {
      await begin('compareGradients');
      await progress(3, (done) => ({
        event: 'progress',
        of: 'compareGradients',
        done,
        total: 3,
        label: 'Neumann',
      }));
      return someGradients;
    },
    measureMemory: async (_, variant, depths) => {
      await begin(`measureMemory ${variant} ${depths.join(' ')}`);
      const reports: MemoryReport[] = [];
      await progress(depths.length, (done) => {
        reports.push(someMemoryReport(variant, depths[done - 1] ?? 0));
        const label = `depth ${String(depths[done - 1])}`;
        return {
          event: 'progress',
          of: 'measureMemory',
          done,
          total: depths.length,
          label,
          reports: [...reports],
        };
      });
      return reports;
    },
    check: async (sources) => {
      await begin(`check ${sources.map(({ name }) => name).join(' ')}`);
      const rows: CheckRow[] = [];
      await progress(sources.length, (done) => {
        const row = someCheckRow(sources[done - 1]?.name ?? '');
        rows.push(row);
        return {
          event: 'progress',
          of: 'check',
          done,
          total: sources.length,
          label: row.file,
          checks: [row],
        };
      });
      return { rows, total: sources.length };
    },
    interrupt: () => {
      interrupted = true;
    },
    dispose: () => {
      disposed = true;
    },
  };
}
