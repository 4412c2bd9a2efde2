import type { Experiment } from '../config/experiment.ts';
import { openAdjoint } from '../model/adjoint.ts';
import type { IterationRecord } from '../solvers/solver.ts';
import { initBackend, type BackendInfo, type BackendPreference } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { MemoryMeter } from '../tf/memory.ts';
import { selfTest } from '../tf/selfTest.ts';
import { build, type BuiltProblem } from './build.ts';
import { compareGradients } from './compareGradients.ts';
import { EngineFault } from './faults.ts';
import { measureDepths } from './measureMemory.ts';
import { measureSpectrum } from './measureSpectrum.ts';
import { Outbox } from './outbox.ts';
import { createBreather, sleep } from './pace.ts';
import type {
  AdjointReport,
  DeviceReport,
  EngineEvent,
  GradientReport,
  MemoryReport,
  MemoryVariant,
  Phase,
  ProblemReport,
  SolveReport,
  SpectrumReport,
} from './protocol.ts';
import type { SessionCommands } from './serve.ts';
import { adjointOptions } from './solverOptions.ts';
import { Solving } from './solving.ts';
import type { TrainingCommands } from './trainingProtocol.ts';
import { TrainingSession } from './trainingSession.ts';

/** Every command of the protocol, on one device. */
export function createSession(emit: (event: EngineEvent) => void): SessionCommands {
  const training = new TrainingSession(emit, () => solving.meter);
  const solving = new SolveSession(emit, () => {
    training.close();
  });
  return Object.assign({}, solving, training);
}

/**
 * What the worker holds between commands for solving: the backend's meter, the configured problem,
 * its forward solve and, once opened, the adjoint solve. Commands come one at a time; `serve` sees
 * to that.
 */
class SolveSession implements Omit<SessionCommands, keyof TrainingCommands> {
  #meter: MemoryMeter | undefined;
  #experiment: Experiment | undefined;
  #built: BuiltProblem | undefined;
  #forward: Solving | undefined;
  #backward: (Disposable & { readonly solving: Solving }) | undefined;
  /** Number of the newest solve. */
  #solves = 0;
  readonly #emit: (event: EngineEvent) => void;
  readonly #leave: () => void;

  /** `leave` is called when the backend is about to change. */
  constructor(emit: (event: EngineEvent) => void, leave: () => void) {
    this.#emit = emit;
    this.#leave = leave;
  }

  readonly boot = async (_: AbortSignal, preference: BackendPreference): Promise<DeviceReport> => {
    await this.#close();
    this.#leave();
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

  readonly configure = async (
    _: AbortSignal,
    experiment: Experiment,
    weights?: Uint8Array<ArrayBuffer>,
  ): Promise<ProblemReport> => {
    const meter = this.meter;
    await this.#close();
    this.#experiment = experiment;
    this.#built = build(experiment, weights);
    meter.resetPeak();
    const { id } = this.#openForward();
    const { problem, samples, unknown } = this.#built;
    const z0 = problem.initialState();
    const { shape } = z0;
    z0.dispose();
    return {
      solve: id,
      parameters: Object.values(problem.params).reduce((sum, { size }) => sum + size, 0),
      shape,
      samples,
      unknown,
      trained: this.#built.read !== undefined,
      memory: meter.sample(),
    };
  };

  readonly reset = async (): Promise<SolveReport> => {
    await this.#closeSolves();
    return reportOf(this.#openForward(), false);
  };

  readonly openBackward = async (): Promise<AdjointReport> => {
    const { built, experiment, z, record } = this.#point;
    await this.#closeBackward();
    const adjoint = await openAdjoint(built.problem, z);
    const u0 = tf.zerosLike(adjoint.dz);
    const solving = new Solving(
      ++this.#solves,
      'backward',
      adjoint.map,
      u0,
      adjointOptions(experiment),
    );
    this.#backward = {
      solving,
      [Symbol.dispose]: () => {
        adjoint[Symbol.dispose]();
      },
    };
    const { loss } = adjoint;
    return { ...reportOf(solving, false), loss, forwardResidual: Math.max(...record.rel) };
  };

  readonly step = (signal: AbortSignal, phase: Phase, count: number): Promise<SolveReport> =>
    this.#advance(signal, phase, count, undefined);

  readonly run = (signal: AbortSignal, phase: Phase, perSecond?: number): Promise<SolveReport> =>
    this.#advance(signal, phase, Infinity, perSecond);

  readonly compareGradients = (signal: AbortSignal): Promise<GradientReport> => {
    const { built, experiment, z, record } = this.#point;
    return compareGradients({
      experiment,
      problem: built.problem,
      z,
      depth: Math.max(1, record.iteration),
      meter: this.meter,
      signal,
      onProgress: (done, total, label) => {
        this.#emit({ event: 'progress', done, total, label });
      },
    });
  };

  readonly spectrum = (): Promise<SpectrumReport> => {
    const { built, z, record } = this.#point;
    return measureSpectrum(built.f, z, record.iteration);
  };

  readonly measureMemory = async (
    signal: AbortSignal,
    experiment: Experiment,
    variant: MemoryVariant,
    depths: readonly number[],
  ): Promise<readonly MemoryReport[]> => {
    const meter = this.meter;
    await this.#close();
    return measureDepths({ experiment, variant, depths, meter, signal, emit: this.#emit });
  };

  async #advance(
    signal: AbortSignal,
    phase: Phase,
    count: number,
    perSecond: number | undefined,
  ): Promise<SolveReport> {
    const solving = this.#solvingOf(phase);
    const outbox = new Outbox<IterationRecord>((records) => {
      const { id, status } = solving;
      const memory = this.meter.sample();
      this.#emit({ event: 'records', phase, solve: id, records, status, memory });
    });
    const breathe = createBreather();
    try {
      for (let made = 0; made < count && !signal.aborted; made++) {
        const started = performance.now();
        const record = await solving.next();
        if (!record) break;
        outbox.add(record);
        await this.#readOut(solving, record);
        if (perSecond !== undefined && solving.status === 'running') {
          outbox.flush();
          await sleep(1000 / perSecond - (performance.now() - started), signal);
        }
        await breathe();
      }
    } finally {
      outbox.flush();
    }
    return reportOf(solving, signal.aborted);
  }

  /** Start the configured problem's solve from z0. */
  #openForward(): Solving {
    const built = this.#built;
    if (!built) throw new EngineFault('internal', 'No experiment was configured yet.');
    const z0 = built.problem.initialState();
    const id = ++this.#solves;
    this.#forward = new Solving(id, 'forward', built.f, z0, built.solver);
    return this.#forward;
  }

  /** With trained weights, say what each position predicts at the newest point. */
  async #readOut({ id, phase, point }: Solving, { iteration }: IterationRecord): Promise<void> {
    const read = this.#built?.read;
    if (!read || !point || phase !== 'forward') return;
    const readings = await read(point);
    this.#emit({ event: 'lens', solve: id, iteration, readings });
  }

  #solvingOf(phase: Phase): Solving {
    const solving = phase === 'forward' ? this.#forward : this.#backward?.solving;
    if (solving) return solving;
    throw new EngineFault(
      'internal',
      phase === 'forward'
        ? 'No experiment was configured yet.'
        : 'The backward solve was not opened yet.',
    );
  }

  /** The best forward point so far, and what belongs to it. */
  get #point(): {
    readonly built: BuiltProblem;
    readonly experiment: Experiment;
    readonly z: tf.Tensor;
    readonly record: IterationRecord;
  } {
    const [built, experiment] = [this.#built, this.#experiment];
    const { best: z, newest: record } = this.#forward ?? {};
    if (!built || !experiment || !z || !record)
      throw new EngineFault(
        'bad-input',
        'Step the forward solve first: this is taken at its point.',
      );
    return { built, experiment, z, record };
  }

  async #closeBackward(): Promise<void> {
    await this.#backward?.solving.end();
    this.#backward?.[Symbol.dispose]();
    this.#backward = undefined;
  }

  async #closeSolves(): Promise<void> {
    await this.#closeBackward();
    await this.#forward?.end();
    this.#forward = undefined;
  }

  async #close(): Promise<void> {
    await this.#closeSolves();
    this.#built?.[Symbol.dispose]();
    this.#built = undefined;
  }

  /** The meter, which exists from `boot` on. */
  get meter(): MemoryMeter {
    if (!this.#meter) throw new EngineFault('internal', 'The engine was not started yet.');
    return this.#meter;
  }
}

const reportOf = ({ id, phase, status }: Solving, interrupted: boolean): SolveReport => ({
  solve: id,
  phase,
  status,
  interrupted,
});
