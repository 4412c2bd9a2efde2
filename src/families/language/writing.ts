import { BadInputError } from '../../data/badInput.ts';
import { namedStream } from '../../data/random.ts';
import type { Tokenizer } from '../../inputs/text/tokenizer.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { breathe } from '../../tf/pace.ts';
import type { SampledToken, SampleReport, TrainedModel } from '../training.ts';
import { generate, type GeneratedToken } from './generate.ts';
import type { TrainedText } from './modelFile.ts';
import { NoNumberError } from './sampling.ts';
import { textOf } from './tokenText.ts';

/** Of a warm-started sample, how often a solve is made from zero too, to know the saving. */
const compareEvery = 8;

/** Write on from the experiment's prompt. Borrows the model; ends early when the signal aborts. */
export async function writeOn(
  { tokenizer, model, params }: TrainedText,
  own: Experiment,
  experiment: Experiment,
  { solver, signal, onToken }: Parameters<NonNullable<TrainedModel['write']>>[1],
): Promise<SampleReport> {
  const started = performance.now();
  const { prompt, length, temperature, topK, topP, warmStart, seed } = experiment.sample;
  const ids = Array.from(tokenizer.encode(prompt));
  const tokens = generate(model, params, {
    // A model must be given something to go on from.
    prompt: ids.length > 0 ? ids : [0],
    count: length,
    window: own.train.length,
    memoryLength: own.train.memory,
    solver,
    sampling: { temperature, topK, topP },
    warmStart,
    compareEvery,
    random: namedStream(seed, 'sampling'),
  });
  let made = 0;
  try {
    for await (const token of tokens) {
      made++;
      onToken(inWords(token, tokenizer));
      await breathe();
      if (signal.aborted) break;
    }
  } catch (error) {
    if (!(error instanceof NoNumberError)) throw error;
    throw new BadInputError(
      'The model’s predictions are not numbers: its weights have overflowed or are damaged. Load another model, or train one again.',
    );
  }
  return {
    tokens: made,
    interrupted: signal.aborted,
    milliseconds: performance.now() - started,
    unknown: ids.filter((id) => id === tokenizer.unknownId).length,
  };
}

function inWords({ id, top, ...rest }: GeneratedToken, tokenizer: Tokenizer): SampledToken {
  return {
    ...rest,
    text: textOf(tokenizer, id),
    top: top.map((one) => ({ text: textOf(tokenizer, one.id), probability: one.probability })),
  };
}
