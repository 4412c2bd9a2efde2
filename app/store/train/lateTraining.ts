/**
 * Training before its code is there: the state that the page draws, and actions that have the code loaded first. Most
 * visitors look at a solve, so what trains is no part of the first download.
 */
import { faultOf } from '../engine/faults.ts';
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
  meteredStep: null,
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
  looked: null,
  timeline: [],
};

/** What an action answers where its code cannot be had: nothing, for those that answer nothing ever. */
type Otherwise<A> = A extends (...given: never[]) => Promise<infer Answer>
  ? { readonly answer: Answer }
  : 'no answer';

/**
 * Every action, by name: they stand in the store before what they do is known. One that answers nothing must not
 * answer a promise meanwhile: React would take it for an effect's clean-up.
 */
const names: { readonly [K in keyof TrainActions]: Otherwise<TrainActions[K]> } = {
  openTrainingFile: { answer: undefined },
  ownTextLoaded: { answer: '' },
  keepRun: { answer: undefined },
  setTrainingText: 'no answer',
  bringBackText: 'no answer',
  readCorpus: 'no answer',
  train: 'no answer',
  pauseTraining: 'no answer',
  stepTraining: 'no answer',
  watchTrainView: 'no answer',
  stopTraining: 'no answer',
  askToStop: 'no answer',
  keepTraining: 'no answer',
  restartTraining: 'no answer',
  recoverTraining: 'no answer',
  treat: 'no answer',
  setTrainBackend: 'no answer',
  exchangeTrainEngine: 'no answer',
  resume: 'no answer',
  bringBackRun: 'no answer',
  forgetResumable: 'no answer',
  deleteCheckpoint: 'no answer',
  downloadCheckpoint: 'no answer',
  modelFile: { answer: null },
  downloadModel: 'no answer',
  openInSolve: 'no answer',
  dismissModelProblem: 'no answer',
  bringBackModel: 'no answer',
  loadPretrained: 'no answer',
  drawSample: 'no answer',
  stopSample: 'no answer',
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
    : Object.fromEntries<unknown>(
        Object.entries(names).map(([name, otherwise]) => {
          const later = (...given: unknown[]): Promise<unknown> =>
            soon().then(
              (begun) =>
                (begun.actions[name as keyof TrainActions] as (...given: unknown[]) => unknown)(
                  ...given,
                ),
              // Why is told already.
              () => (otherwise === 'no answer' ? undefined : otherwise.answer),
            );
          if (otherwise !== 'no answer') return [name, later];
          return [name, (...given: unknown[]) => void later(...given)];
        }),
      );
  return {
    slice: { ...nothingTrained, ...(actions as unknown as TrainActions) },
    changed: (path) => training?.changed(path),
  };
}
