import type { Experiment } from '../schema/experiment.ts';
import { openAdjoint } from '../implicit/adjoint.ts';
import { rehearse } from '../implicit/rehearse.ts';
import { wantsInverse } from '../implicit/valueAndGradient.ts';
import type { ProblemSizes } from '../memory/problemSizes.ts';
import type { BackendName, BackendPreference } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { MemoryMeter } from '../tf/memory.ts';
import { advance, reportOf, type Pace } from './advance.ts';
import { bootDevice } from './boot.ts';
import {
  build,
  openAdjointMap,
  solvedAsChosen,
  steppedAsChosen,
  type BuiltProblem,
} from './build.ts';
import { plainMap } from '../numerics/flowMaps.ts';
import { transposed } from '../numerics/lowRank.ts';
import { meterProblem } from '../train/meterProblem.ts';
import { weightsOf } from '../schema/weights.ts';
import { compareGradients } from './compareGradients.ts';
import { exploreCommands, type ExploreHost } from './exploreCommands.ts';
import { Exploring, type Explored } from './exploring.ts';
import { EngineFault } from './faults.ts';
import { learntInverse } from './learntInverse.ts';
import { measureDepths } from './measureMemory.ts';
import { measureSpectrum } from './measureSpectrum.ts';
import type {
  AdjointReport,
  BackwardSettings,
  CheckReport,
  CheckSource,
  DeviceReport,
  EngineEvent,
  ExploreCommands,
  GradientReport,
  KernelPreference,
  MemoryReport,
  MemoryVariant,
  Phase,
  ProblemReport,
  SolveReport,
  SpectrumReport,
  TorchFiles,
  WeightsRead,
} from './protocol/protocol.ts';
import type { SessionCommands, Turn } from './serve.ts';
import { adjointOptions } from './solverOptions.ts';
import { weightsFilesOf } from './weightsFilesOf.ts';
import { timeIterations } from './timeIterations.ts';
import { kernelsOf, layerOf, rehearseMap, warmUp } from './warmUp.ts';
import { Solving, type Solved } from './solving.ts';
import type { TrainingCommands } from './protocol/trainingProtocol.ts';
import { TrainingSession } from './trainingSession.ts';

/** Every command of the protocol, on one device. */
export function createSession(emit: (event: EngineEvent) => void): SessionCommands {
  const training = new TrainingSession(emit, () => solving.meter);
  const exploring = new Exploring(emit);
  const solving = new SolveSession(emit, exploring, () => {
    training.close();
  });
  return Object.assign({}, solving, exploreCommands(exploring, solving), training);
}

/**
 * What the worker holds between commands for solving: the backend's meter, the configured problem,
 * its forward solve and, once opened, the adjoint solve. Commands come one at a time; `serve` sees
 * to that.
 */
class SolveSession
  implements ExploreHost, Omit<SessionCommands, keyof TrainingCommands | keyof ExploreCommands>
{
  #meter: MemoryMeter | undefined;
  #built: BuiltProblem | undefined;
  #forward: Solving | undefined;
  #backward: Solving | undefined;
  /** Set-ups whose kernels have been compiled on this device. */
  readonly #compiled = new Set<string>();
  /** What was metered on this device, by the layer and the map that it follows from. */
  readonly #sizes = new Map<string, ProblemSizes>();
  /** Number of the newest solve. */
  #solves = 0;
  readonly #emit: (event: EngineEvent) => void;
  readonly #leave: () => void;
  readonly #exploring: Exploring;

  /** `leave` is called when the backend is about to change. */
  constructor(emit: (event: EngineEvent) => void, exploring: Exploring, leave: () => void) {
    this.#emit = emit;
    this.#leave = leave;
    this.#exploring = exploring;
  }

  readonly boot = async (
    _: Turn,
    preference: BackendPreference | readonly BackendName[],
    kernels?: KernelPreference,
    checked?: boolean,
  ): Promise<DeviceReport> => {
    await this.#close();
    this.#leave();
    this.#meter?.[Symbol.dispose]();
    this.#meter = undefined;
    this.#compiled.clear();
    this.#sizes.clear();
    const report = await bootDevice(preference, kernels, checked);
    this.#meter = new MemoryMeter();
    return report;
  };

  readonly configure = async (
    _: Turn,
    experiment: Experiment,
    weights?: Uint8Array<ArrayBuffer>,
  ): Promise<ProblemReport> => {
    const meter = this.meter;
    await this.#closeSolves();
    const given = this.#built?.given(experiment, weights);
    if (!given) await this.#close();
    const built = given ?? (await build(experiment, weights));
    this.#built = built;
    const sizes = await this.#warmUp(built, experiment.backward);
    meter.resetPeak();
    const { id, source } = this.#openForward();
    const { problem } = built;
    return {
      solve: id,
      parameters: Object.values(problem.params).reduce((sum, { size }) => sum + size, 0),
      shape: source.z0.shape,
      samples: problem.samples,
      layout: problem.layout,
      notes: problem.notes,
      observes: problem.observes,
      trained: weightsOf(experiment) !== 'random',
      memory: meter.sample(),
      sizes,
    };
  };

  readonly readWeights = async (
    _: Turn,
    experiment: Experiment,
    file: Uint8Array<ArrayBuffer>,
  ): Promise<WeightsRead> => (await weightsFilesOf(experiment)).read(experiment, file);

  readonly exportTorch = async (
    turn: Turn,
    experiment: Experiment,
    build: string,
    weights?: Uint8Array<ArrayBuffer>,
  ): Promise<TorchFiles> => {
    // Throws before a device was booted.
    this.meter.sample();
    // A program's text is loaded when one is asked for.
    const { exportTorch } = await import('./torch/exportTorch.ts');
    return exportTorch({ experiment, build, weights, signal: turn.signal });
  };

  readonly exportWeights = async (): Promise<Uint8Array<ArrayBuffer>> => {
    if (!this.#built) throw new EngineFault('internal', 'No experiment was configured yet.');
    const { experiment, problem } = this.#built;
    return (await weightsFilesOf(experiment)).write(experiment, problem.params);
  };

  readonly reset = async (): Promise<SolveReport> => {
    await this.#closeSolves();
    return reportOf(this.#openForward(), false);
  };

  readonly openBackward = async (
    { signal }: Turn,
    settings: BackwardSettings,
  ): Promise<AdjointReport> => {
    const { built, z, source, iteration, residual } = this.#point;
    await this.#closeBackward();
    await this.#warmUp(built, settings);
    const options = adjointOptions(settings);
    const seeded = wantsInverse({ kind: 'implicit', solver: options, seeded: settings.seeded });
    const inverse = seeded ? await learntInverse(source, iteration, signal) : undefined;
    const adjoint = await openAdjoint(built.problem, z);
    const u0 = tf.zerosLike(adjoint.dz);
    const map = openAdjointMap(built, z, adjoint.dz) ?? plainMap(adjoint.map, () => tf.clone(u0));
    this.#backward = new Solving(++this.#solves, 'backward', {
      map,
      z0: u0,
      options,
      seed: inverse && transposed(inverse),
      release: () => {
        map.dispose?.();
        tf.dispose(inverse ?? []);
        adjoint[Symbol.dispose]();
      },
    });
    const { loss } = adjoint;
    const report = reportOf(this.#backward, false);
    return { ...report, loss, openedAt: iteration, forwardResidual: residual };
  };

  readonly step = (
    { signal }: Turn,
    phase: Phase,
    count: number,
    watching = true,
  ): Promise<SolveReport> => this.#advance(signal, phase, { count }, watching);

  readonly run = (
    { signal }: Turn,
    phase: Phase,
    perSecond?: number,
    watching = true,
  ): Promise<SolveReport> => this.#advance(signal, phase, { count: Infinity, perSecond }, watching);

  readonly timeIterations = ({ signal }: Turn, least: number): Promise<number> =>
    timeIterations(this.explored.built, this.meter, least, signal);

  readonly compareGradients = async (
    turn: Turn,
    settings: BackwardSettings,
  ): Promise<GradientReport> => {
    const { built, z, source, iteration } = this.#point;
    const { meter } = this;
    const problem = solvedAsChosen(built);
    const inverse = await learntInverse(source, iteration, turn.signal);
    try {
      return await compareGradients({ settings, problem, z, inverse, iteration, meter, turn });
    } finally {
      tf.dispose(inverse ?? []);
    }
  };

  readonly spectrum = async ({ signal }: Turn): Promise<SpectrumReport> => {
    const { built, z, iteration } = this.#point;
    return measureSpectrum(built.f, z, iteration, signal);
  };

  readonly measureMemory = async (
    turn: Turn,
    experiment: Experiment,
    variant: MemoryVariant,
    depths: readonly number[],
  ): Promise<readonly MemoryReport[]> => {
    const meter = this.meter;
    await this.#close();
    return measureDepths({ experiment, variant, depths, meter, turn });
  };

  readonly check = async (turn: Turn, sources: readonly CheckSource[]): Promise<CheckReport> => {
    await this.#close();
    // Golden files are of all families: their code is loaded only for this.
    const { runChecks } = await import('./check/runChecks.ts');
    return runChecks({ sources, turn });
  };

  #advance(signal: AbortSignal, phase: Phase, pace: Pace, watching: boolean): Promise<SolveReport> {
    const solving = this.#solvingOf(phase);
    const problem = this.#built?.problem;
    const said = phase === 'forward' && problem?.observes ? problem : undefined;
    return advance({ solving, said, watching, meter: this.meter, emit: this.#emit }, pace, signal);
  }

  /**
   * Compile what this problem will need, both passes, in parallel and before the first step; and meter it, the first
   * time: for that a GPU allocates what a step needs, and computes nothing.
   */
  async #warmUp(built: BuiltProblem, backward: BackwardSettings): Promise<ProblemSizes> {
    const gradient = { kind: 'implicit', solver: adjointOptions(backward) } as const;
    const layer = layerOf(built);
    const needed = kernelsOf(layer, built, gradient.solver);
    if (!this.#compiled.has(needed)) {
      await warmUp(this.#emit, () => {
        tf.dispose(rehearse(built.problem, { forward: built.solver, gradient }));
        if (built.map.name !== 'plain') rehearseMap(built.map, built.solver);
      });
      // Only now: what failed to compile has to be tried again.
      this.#compiled.add(needed);
    }
    const metering = JSON.stringify([layer, built.map.name]);
    const known = this.#sizes.get(metering);
    if (known) return known;
    const metered = meterProblem(steppedAsChosen(built), this.meter);
    this.#sizes.set(metering, metered);
    return metered;
  }

  /** Start the configured problem's solve from z0, or a fork of it. */
  #openForward(fork?: Solved): Solving {
    const built = this.#built;
    if (!built) throw new EngineFault('internal', 'No experiment was configured yet.');
    const { map, solver: options } = built;
    const source = fork ?? { map, z0: built.problem.initialState(), options };
    this.#forward = new Solving(++this.#solves, 'forward', source);
    return this.#forward;
  }

  #solvingOf(phase: Phase): Solving {
    const solving = phase === 'forward' ? this.#forward : this.#backward;
    if (solving) return solving;
    throw new EngineFault(
      'internal',
      phase === 'forward'
        ? 'No experiment was configured yet.'
        : 'The backward solve was not opened yet.',
    );
  }

  /** The best forward point so far, where it was found and with which residual. */
  get #point(): {
    readonly built: BuiltProblem;
    readonly z: tf.Tensor;
    readonly source: Solved;
    readonly iteration: number;
    readonly residual: number;
  } {
    const [built, forward] = [this.#built, this.#forward];
    const z = forward?.best;
    if (!built || !z)
      throw new EngineFault(
        'bad-input',
        'Step the forward solve first: this is taken at its point.',
      );
    return { built, z, source: forward.source, ...forward.bestAt };
  }

  async #closeBackward(): Promise<void> {
    await this.#backward?.end();
    this.#backward = undefined;
  }

  get explored(): Explored {
    const [built, forward] = [this.#built, this.#forward];
    if (!built || !forward) throw new EngineFault('internal', 'No experiment was configured yet.');
    return { built, forward };
  }

  /** Replaces the forward solve by one that starts elsewhere, with another solver; takes over the source. */
  async branch(source: Solved): Promise<SolveReport> {
    await this.#closeSolves(true);
    return reportOf(this.#openForward(source), false);
  }

  async #closeSolves(keepParent = false): Promise<void> {
    await this.#closeBackward();
    this.#exploring.close(keepParent);
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
