import { loadTokenizer, saveTokenizer, type Tokenizer } from '../../inputs/text/tokenizer.ts';
import type { Params } from '../../tf/params.ts';
import { demandModel, refusing, type FileHead } from '../modelFile.ts';
import { languageModel, type LanguageModel } from './languageModel.ts';
import { modelConfig } from './modelConfig.ts';

/** A language model with its weights and its words. The caller disposes the weights. */
export interface TrainedText {
  readonly tokenizer: Tokenizer;
  readonly model: LanguageModel;
  readonly params: Params;
}

/** What a file of a language model says beside its experiment: the words it was trained in. */
export const textMetadata = (tokenizer: Tokenizer): Readonly<Record<string, string>> => ({
  tokenizer: saveTokenizer(tokenizer),
});

/** The tokenizer of a file's metadata. Throws an Error in words where there is none that can be read. */
export function tokenizerOf(metadata: Readonly<Record<string, string>>): Tokenizer {
  const { tokenizer } = metadata;
  if (!tokenizer) throw new Error('Its metadata has no tokenizer.');
  return loadTokenizer(tokenizer);
}

/**
 * The model of a `model` file on the current backend: weights by locuslab/deq's names and layouts. Throws a
 * BadInputError, in words.
 */
export function openModelFile(head: FileHead): TrainedText {
  return refusing(() => {
    demandModel(head);
    const tokenizer = tokenizerOf(head.metadata);
    const model = languageModel(modelConfig(head.experiment, tokenizer.size));
    return { tokenizer, model, params: model.fromTorch(head.tensors) };
  });
}
