import { shallow } from 'zustand/shallow';
import { modelSections } from '../../../src/schema/agree.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { withWeights } from '../../../src/schema/weights.ts';
import type { MeteredProblem } from '../../../src/memory/memoryLaw.ts';
import { predictRun } from '../../../src/memory/trainingLaw.ts';
import type { Progress, TrainingText } from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from '../engine/faults.ts';
import type { AppState } from '../state.ts';
import type { FoundText } from './texts.ts';
import { tooLarge } from './tooLarge.ts';
import { isBusy, type TrainAccess } from './types.ts';

/** What a step of a set-up's training takes on the engine that trains. */
export interface MeteredStep {
  /** The set-up and the device: see `stepKey`. */
  readonly of: string;
  readonly problem: MeteredProblem;
}

/** Names what the sizes of a training's step follow from; how its solves go, the law knows. */
function stepKey(rail: Experiment, device: AppState['trainDevice']): string {
  // A run begins with random weights whatever the Solve view shows.
  const experiment = withWeights(rail, 'random');
  const { train, backward, solver, data } = experiment;
  const { batch, length, memory, dropout, warmStart, weightNorm, jacobianPower } = train;
  const explicit = backward.method === 'unrolled';
  const { jacobianWeight, weightDecay, skipWeight } = train;
  const switches = [explicit, jacobianWeight > 0, weightDecay > 0, skipWeight > 0];
  return JSON.stringify([
    ...[device?.backend.name, device?.kernels.inUse, data, solver.map, solver.start, switches],
    ...[batch, length, memory, dropout, warmStart, weightNorm, jacobianPower],
    ...modelSections(experiment).map((section) => experiment[section]),
  ]);
}

/** Bytes a run of the set-up in the rail is predicted to need; undefined until that very training was metered. */
export function predictedPeak({
  experiment,
  trainDevice,
  meteredStep,
}: Pick<AppState, 'experiment' | 'trainDevice' | 'meteredStep'>): number | undefined {
  return meteredStep?.of === stepKey(experiment, trainDevice)
    ? predictRun(experiment, meteredStep.problem)
    : undefined;
}

/** Keeps trainings that are too large from being begun. */
export interface MemoryGuard {
  /** What is known against the set-up in the rail, in words, before anything is asked. */
  readonly refusal: () => string | undefined;
  /** What there is against a training, in words; asks the engine where nobody has yet. */
  readonly check: (
    experiment: Experiment,
    text: TrainingText,
    onProgress: (news: Progress) => void,
  ) => Promise<string | undefined>;
}

/** Pause after the last change before a training is metered. */
const SETTLE_MILLISECONDS = 300;

/** Has the training in the rail metered whenever its data have been read and the engine has nothing else to do. */
export function createMemoryGuard(
  { get, set, lane, subscribe }: TrainAccess,
  textOf: (experiment: Experiment) => Promise<FoundText>,
): MemoryGuard {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const known = (experiment: Experiment): number | undefined =>
    predictedPeak({ ...get(), experiment });
  const keep = (experiment: Experiment, problem: MeteredProblem): void => {
    set({ meteredStep: { of: stepKey(experiment, get().trainDevice), problem } });
  };
  /** The set-up to be metered; null where it is known, nobody sees it, or the engine is not there or busy. */
  const wanted = (): Experiment | null => {
    const { view, experiment, corpus, runPhase } = get();
    const asked =
      view === 'train' && corpus.report !== null && !isBusy(runPhase) && lane.epoch() !== 0;
    return asked && known(experiment) === undefined ? experiment : null;
  };
  const meter = async (): Promise<void> => {
    const experiment = wanted();
    if (!experiment) return;
    try {
      const found = await textOf(experiment);
      if ('problem' in found || wanted() !== experiment) return;
      const problem = await lane.ask(
        'corpus',
        (engine) =>
          wanted() === experiment
            ? engine.meterTraining(experiment, found.text)
            : Promise.resolve(null),
        { yields: true },
      );
      if (problem) keep(experiment, problem);
    } catch (error) {
      // What is wrong with a set-up is said when its training is begun; an errand that made way is run again.
      if (faultOf(error).kind === 'cancelled') schedule();
    }
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (wanted()) timer = setTimeout(() => void meter(), SETTLE_MILLISECONDS);
  };
  subscribe(
    ({ view, experiment, runPhase, corpus, trainDevice }) =>
      [view, experiment, runPhase, corpus.report, trainDevice] as const,
    () => {
      // Another text has other words.
      if (get().corpus.report === null && get().meteredStep) set({ meteredStep: null });
      schedule();
    },
    { equalityFn: shallow },
  );
  return {
    refusal: () => tooLarge(get().experiment, known(get().experiment)),
    check: async (experiment, text, onProgress) => {
      if (known(experiment) === undefined)
        keep(
          experiment,
          await lane.ask('open', (engine) =>
            engine.with({ onProgress }).meterTraining(experiment, text),
          ),
        );
      return tooLarge(experiment, known(experiment));
    },
  };
}
