/** What training on a text shows, in sentences. */
import type { CorpusReport, SampledToken } from '../../../../src/engine/protocol/protocol.ts';
import { formatCount } from '../../../format.ts';
import { formatShare } from '../../../views/train/trainFormat.ts';

/** What a warm start saves in a sample; null where it wasn't measured. */
export function savingSentence(tokens: readonly SampledToken[]): string | null {
  const cold = tokens.flatMap(({ coldEvaluations }) =>
    coldEvaluations === undefined ? [] : [coldEvaluations],
  );
  if (cold.length === 0) return null;
  const mean = (values: readonly number[]): string =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1);
  const warm = mean(tokens.map(({ evaluations }) => evaluations));
  return `${warm} evaluations a token; from zero it would be ${mean(cold)} (measured on every eighth token).`;
}

/** What was evaluated for a sample so far, and over what; null while there is none. */
export function effortSentence(tokens: readonly SampledToken[]): string | null {
  const [first] = tokens;
  if (!first) return null;
  const all = tokens.reduce((sum, token) => sum + token.evaluations + token.otherEvaluations, 0);
  const { positions } = first;
  const over =
    positions === 1
      ? 'one position: earlier equilibria are kept'
      : `all ${formatCount(positions)} positions of the window`;
  return `${(all / tokens.length).toFixed(1)} evaluations a token with the prompt and moves of the window, each of ${over}.`;
}

/** What differs between the part that is learnt from and the part held out, under the name of its part. */
export function partFacts(report: CorpusReport): (readonly [name: string, value: string])[] {
  const { charactersPerToken, unknown, validationTokens } = report;
  const heldOut = validationTokens > 0;
  return [
    ['Characters per token to learn from', charactersPerToken.train.toFixed(2)],
    ...(heldOut
      ? ([['Characters per token held out', charactersPerToken.heldOut.toFixed(2)]] as const)
      : []),
    // Only a tokenizer from elsewhere does not know the text that is learnt from.
    ...(unknown.train > 0
      ? ([['Unknown in the part to learn from', formatCount(unknown.train)]] as const)
      : []),
    ...(heldOut ? ([['Unknown in the held-out part', formatCount(unknown.heldOut)]] as const) : []),
  ];
}

/** How much of the model only turns tokens into numbers. */
export const embeddingSentence = ({ parameters, embedding }: CorpusReport): string =>
  `${formatShare(embedding / parameters)} of ${formatCount(parameters)} parameters are embeddings.`;
