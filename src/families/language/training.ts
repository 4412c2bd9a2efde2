import { BadInputError } from '../../data/badInput.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { FamilyTraining, TrainedModel, TrainingData } from '../training.ts';
import { corpusText, describeCorpus, readCorpus, type Corpus } from './corpus.ts';
import { languageModel, type LanguageModel } from './languageModel.ts';
import { modelConfig } from './modelConfig.ts';
import { openModelFile, textMetadata, tokenizerOf, type TrainedText } from './modelFile.ts';
import { languageLoss } from './loss.ts';
import { languageTask } from './task.ts';
import { writeOn } from './writing.ts';

/** Learning to write like a text. */
export const textTraining: FamilyTraining = {
  key: ({ data, train, random }, given) =>
    JSON.stringify([
      [data.source, random.seed, data.tokenizer, data.tokenizer === 'bpe' && data.merges],
      train.length,
      given,
    ]),
  read: async (experiment, given, { signal, onProgress, file }) => {
    const text = corpusText(experiment, given);
    // A saved model knows its own words; another text is read in them.
    const tokenizer = file && tokenizerOf(file);
    return dataOf(await readCorpus(experiment, text, { signal, onProgress, tokenizer }));
  },
  openModel: (head) => trainedModel(openModelFile(head), head),
};

function dataOf(corpus: Corpus): TrainingData {
  const { tokenizer, facts } = corpus;
  const modelOf = (experiment: Experiment): LanguageModel =>
    languageModel(modelConfig(experiment, tokenizer.size));
  return {
    metadata: textMetadata(tokenizer),
    toFile: (experiment, params) => modelOf(experiment).toTorch(params),
    modelOf: ({ params, ...run }) =>
      trainedModel({ tokenizer, model: modelOf(run.experiment), params }, run),
    report: (experiment) => {
      const text = describeCorpus(experiment, corpus);
      return {
        ...{ learnt: facts.trainTokens, heldOut: facts.validationTokens },
        ...{ loss: languageLoss(facts), metrics: [], parameters: text.parameters, text },
      };
    },
    task: (experiment) => {
      const { batch, length, memory, dropout } = experiment.train;
      const { train: learnt, validation: heldOut } = corpus;
      if (learnt.length <= length)
        throw new BadInputError(
          `The text has ${learnt.length} tokens to learn from, but one window needs ${length + 1}. Use a longer text or a shorter window.`,
        );
      return languageTask({
        model: modelOf(experiment),
        ...{ seed: experiment.random.seed, learnt, heldOut, loss: languageLoss(facts) },
        ...{ batch, length, memory, dropout },
      });
    },
  };
}

function trainedModel(
  trained: TrainedText,
  { experiment, step }: { readonly experiment: Experiment; readonly step: number },
): TrainedModel {
  const params: Params = trained.params;
  return {
    ...{ experiment, step, params, vocabulary: trained.tokenizer.size },
    write: (wanted, how) => writeOn(trained, experiment, wanted, how),
    [Symbol.dispose]: () => {
      tf.dispose(params);
    },
  };
}
