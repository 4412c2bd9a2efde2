/**
 * Training before its code is there: the state that the page draws, and actions that have the code loaded first. Most
 * visitors look at a solve, so what trains is no part of the first download.
 */
import { faultOf } from '../faults.ts';
import type { Training, TrainOptions } from './trainSlice.ts';
import type { TrainActions, TrainSlice, TrainState } from './types.ts';

/** Nothing trained, nothing kept. */
const nothingTrained: TrainState = {
  corpus: { own: '', aside: [], problem: null, report: null, reading: null },
  run: null,
  runPhase: 'idle',
  trainFault: null,
  trainBackend: 'auto',
  trainDevice: null,
  trainMemory: null,
  restartNeeded: [],
  stopAsked: false,
  treatments: {},
  checkpoints: [],
  resumable: null,
  checkpointProblem: null,
  model: null,
  replacedModel: null,
  modelProblem: null,
  ownWeights: null,
  sample: null,
  sampling: false,
  timeline: [],
};

/** Every action, by name: they stand in the store before what they do is known. */
const names: { readonly [K in keyof TrainActions]: true } = {
  ...{ setTrainingText: true, bringBackText: true, openTrainingFile: true, ownTextLoaded: true },
  ...{ readCorpus: true, train: true, pauseTraining: true, stepTraining: true, stopTraining: true },
  ...{ keepRun: true, askToStop: true, keepTraining: true, restartTraining: true },
  ...{ recoverTraining: true, treat: true, setTrainBackend: true, exchangeTrainEngine: true },
  ...{ resume: true, forgetResumable: true, deleteCheckpoint: true, downloadCheckpoint: true },
  ...{ downloadModel: true, openInSolve: true, dismissModelProblem: true, bringBackModel: true },
  ...{ loadPretrained: true, drawSample: true, stopSample: true },
};

type CreateTraining = (options: TrainOptions) => Training;

/** The slice of training, and word for it of each field the visitor changes. */
export interface LateTraining {
  readonly slice: TrainSlice;
  readonly changed: Training['changed'];
}

/**
 * `load` fetches the code; with `given` there is no need to. Calls made meanwhile run when it has come, in
 * their order; where it cannot be had, that is the fault which the Train view shows, and the next call tries again.
 */
export function createLateTraining(
  options: TrainOptions,
  load: () => Promise<CreateTraining>,
  given?: CreateTraining,
): LateTraining {
  let training: Training | null = null;
  let loading: Promise<Training> | null = null;
  const begin = (create: CreateTraining): Training => {
    training = create(options);
    return training;
  };
  const soon = (): Promise<Training> => {
    if (loading) return loading;
    const made = load().then((create) => {
      const begun = begin(create);
      options.set(begun.actions);
      return begun;
    });
    loading = made;
    made.catch((error: unknown) => {
      loading = null;
      options.set({ trainFault: faultOf(error) });
    });
    return made;
  };
  const actions = given
    ? begin(given).actions
    : Object.fromEntries(
        Object.keys(names).map((name) => [
          name,
          (...given: unknown[]) =>
            soon().then(
              (begun) =>
                (begun.actions[name as keyof TrainActions] as (...given: unknown[]) => unknown)(
                  ...given,
                ),
              // Told already.
              () => undefined,
            ),
        ]),
      );
  return {
    slice: { ...nothingTrained, ...(actions as unknown as TrainActions) },
    changed: (path) => training?.changed(path),
  };
}
