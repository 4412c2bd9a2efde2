import type { Experiment } from '../config/experiment.ts';
import { iterate, type Solution } from '../solvers/iterate.ts';
import type { IterationRecord } from '../solvers/solver.ts';
import { initBackend, type BackendInfo, type BackendPreference } from '../tf/backend.ts';
import { MemoryMeter } from '../tf/memory.ts';
import { selfTest } from '../tf/selfTest.ts';
import { build, type BuiltProblem } from './build.ts';
import { EngineFault } from './faults.ts';
import { Outbox } from './outbox.ts';
import { createBreather, sleep } from './pace.ts';
import type {
  DeviceReport,
  EngineEvent,
  ProblemReport,
  SolveReport,
  SolveStatus,
} from './protocol.ts';
import type { SessionCommands } from './serve.ts';

/** A solve in progress; `step` and `run` pull records out of it. */
interface Solving {
  readonly generator: AsyncGenerator<IterationRecord, Solution, void>;
  status: SolveStatus;
}

/**
 * What the worker holds between commands: the backend's meter, the configured problem and
 * its solve. Commands come one at a time; `serve` sees to that.
 */
export class Session implements SessionCommands {
  #meter: MemoryMeter | undefined;
  #built: BuiltProblem | undefined;
  #solving: Solving | undefined;
  /** Number of the current solve. */
  #solve = 0;
  readonly #outbox: Outbox;

  constructor(emit: (event: EngineEvent) => void) {
    this.#outbox = new Outbox(emit, () => this.#running.sample());
  }

  readonly boot = async (_: AbortSignal, preference: BackendPreference): Promise<DeviceReport> => {
    await this.#close();
    this.#meter?.[Symbol.dispose]();
    const rejected: BackendInfo['rejected'][number][] = [];
    for (let wanted = preference; ;) {
      const info = await initBackend(wanted);
      const report = await selfTest();
      rejected.push(...info.rejected);
      // A GPU that computes wrong numbers is no better than none, unless it was asked for.
      if (report.passed || preference !== 'auto' || info.name === 'cpu') {
        this.#meter = new MemoryMeter();
        return { backend: { ...info, rejected }, selfTest: report };
      }
      const error = Math.max(report.forwardError, report.gradientError).toExponential(1);
      rejected.push({
        name: info.name,
        reason: `It failed the start-up check: its numbers are off by ${error}.`,
      });
      wanted = info.name === 'webgpu' ? 'wasm' : 'cpu';
    }
  };

  readonly configure = async (_: AbortSignal, experiment: Experiment): Promise<ProblemReport> => {
    const meter = this.#running;
    await this.#close();
    this.#built = build(experiment);
    meter.resetPeak();
    this.#open();
    const { problem, samples, unknown } = this.#built;
    const z0 = problem.initialState();
    const { shape } = z0;
    z0.dispose();
    return {
      solve: this.#solve,
      parameters: Object.values(problem.params).reduce((sum, { size }) => sum + size, 0),
      shape,
      samples,
      unknown,
      memory: meter.sample(),
    };
  };

  readonly reset = async (): Promise<SolveReport> => {
    await this.#endSolve();
    this.#open();
    return { solve: this.#solve, status: 'running', interrupted: false };
  };

  readonly step = (signal: AbortSignal, count: number): Promise<SolveReport> =>
    this.#advance(signal, count, undefined);

  readonly run = (signal: AbortSignal, perSecond?: number): Promise<SolveReport> =>
    this.#advance(signal, Infinity, perSecond);

  async #advance(
    signal: AbortSignal,
    count: number,
    perSecond: number | undefined,
  ): Promise<SolveReport> {
    const solve = this.#solve;
    const solving = this.#solving;
    if (!solving) throw new EngineFault('internal', 'No experiment was configured yet.');
    const breathe = createBreather();
    try {
      for (let made = 0; made < count && solving.status === 'running'; made++) {
        if (signal.aborted) break;
        const started = performance.now();
        const next = await solving.generator.next();
        if (next.done === true) break;
        solving.status = next.value.status;
        this.#outbox.add(solve, next.value);
        if (perSecond !== undefined && solving.status === 'running') {
          this.#outbox.flush(solve);
          await sleep(1000 / perSecond - (performance.now() - started), signal);
        }
        await breathe();
      }
    } finally {
      this.#outbox.flush(solve);
    }
    if (solving.status !== 'running') await this.#endSolve();
    return { solve, status: solving.status, interrupted: signal.aborted };
  }

  /** Start the configured problem's solve from z0. */
  #open(): void {
    const built = this.#built;
    if (!built) throw new EngineFault('internal', 'No experiment was configured yet.');
    this.#solve++;
    this.#solving = { generator: solveOf(built), status: 'running' };
  }

  /** End the solve in progress, if any, and free what it holds. Its status stays. */
  async #endSolve(): Promise<void> {
    await this.#solving?.generator.return(undefined as never);
  }

  async #close(): Promise<void> {
    await this.#endSolve();
    this.#solving = undefined;
    this.#built?.[Symbol.dispose]();
    this.#built = undefined;
  }

  /** The meter, which exists from `boot` on. */
  get #running(): MemoryMeter {
    if (!this.#meter) throw new EngineFault('internal', 'The engine was not started yet.');
    return this.#meter;
  }
}

async function* solveOf(built: BuiltProblem): AsyncGenerator<IterationRecord, Solution, void> {
  const z0 = built.problem.initialState();
  try {
    return yield* iterate(built.f, z0, built.solver);
  } finally {
    z0.dispose();
  }
}
