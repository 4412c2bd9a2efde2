/** Training of models that are their weights alone, which all families but the language model's have. */
import type { Experiment } from '../schema/experiment.ts';
import type { Params } from '../tf/params.ts';
import { copyOut } from './goldenFile.ts';
import { demandModel, refusing, weightsAlone } from './modelFile.ts';
import { numbersIn, type FileTensors } from './parameters.ts';
import type { Task } from './task.ts';
import type { FamilyTraining, TrainingData } from './training.ts';

/** Opens a file's model; `open` makes parameters of its tensors and the set-up it was made in, or throws in words. */
export const opensWeights =
  (
    open: (tensors: FileTensors, learntIn: Experiment) => { readonly params: Params },
  ): FamilyTraining['openModel'] =>
  (head) =>
    refusing(() => {
      demandModel(head);
      return weightsAlone({ ...head, params: open(head.tensors, head.experiment).params });
    });

/** Data that such a model learns from. */
export function weightsData({
  counts,
  about,
  task,
  toFile = copyOut,
}: {
  /** Examples to learn from, and examples held out. */
  readonly counts: { readonly learnt: number; readonly heldOut: number };
  /** Where they are from. */
  readonly about: string;
  readonly task: (experiment: Experiment) => Task;
  /** Weights by the file's names; default, those they have. Borrows them. */
  readonly toFile?: typeof copyOut;
}): TrainingData {
  return {
    metadata: {},
    toFile: (_, params) => toFile(params),
    modelOf: (run) => weightsAlone(run),
    report: (experiment) => {
      const { parameters, loss, metrics } = task(experiment);
      return { ...counts, loss, metrics, parameters: numbersIn(parameters), about };
    },
    task,
  };
}
