import type { Random } from '../../data/random.ts';

/** How the next token is drawn from the model's distribution. */
export interface SamplingOptions {
  /** Divides the logits; 0 takes the most probable token, the lowest id among equals. */
  readonly temperature: number;
  /** Draw among the k most probable tokens only; 0 for all. */
  readonly topK: number;
  /** Draw among the most probable tokens that together reach this probability; 1 for all. */
  readonly topP: number;
}

/** A token with the probability that the model gives it, at temperature 1 and untruncated. */
export interface RankedToken {
  readonly id: number;
  readonly probability: number;
}

/** A chosen token, and the five most probable ones. */
export interface Choice extends RankedToken {
  readonly top: readonly RankedToken[];
}

/** Tokens shown beside the chosen one. */
const shown = 5;

/**
 * Choose a token from `logits [vocabulary]`. Temperature first, then the k most probable of those,
 * then the smallest set of these that reaches topP of their probability (nucleus sampling, Holtzman
 * et al. 2020). Draws one number, or none at temperature 0. Throws a RangeError for options that make
 * no sense, and for logits among which there is no number.
 */
export function chooseToken(
  logits: ArrayLike<number>,
  options: SamplingOptions,
  random: Random,
): Choice {
  checkSampling(options);
  const ranked = rank(logits);
  const probabilities = softmax(ranked.values, 1);
  const at = options.temperature === 0 ? 0 : draw(ranked.values, options, random);
  const token = (i: number): RankedToken => ({
    id: ranked.ids[i] ?? 0,
    probability: probabilities[i] ?? 0,
  });
  const top = Array.from({ length: Math.min(shown, ranked.ids.length) }, (_, i) => token(i));
  return { ...token(at), top };
}

/** The `count` most probable tokens of `logits [vocabulary]`, most probable first. */
export function mostProbable(logits: ArrayLike<number>, count: number): RankedToken[] {
  const { ids, values } = rank(logits);
  const probabilities = softmax(values, 1);
  return ids.slice(0, count).map((id, i) => ({ id, probability: probabilities[i] ?? 0 }));
}

/** Throws a RangeError that names the option. */
export function checkSampling({ temperature, topK, topP }: SamplingOptions): void {
  if (!(temperature >= 0 && temperature < Infinity))
    throw new RangeError(`The temperature must be 0 or more, not ${temperature}.`);
  if (!Number.isInteger(topK) || topK < 0)
    throw new RangeError(`topK must be a whole number from 0, not ${topK}.`);
  if (!(topP > 0 && topP <= 1)) throw new RangeError(`topP must be in (0, 1], not ${topP}.`);
}

/** The rank that is drawn, of `values` in falling order. */
function draw(
  values: readonly number[],
  { temperature, topK, topP }: SamplingOptions,
  random: Random,
): number {
  const candidates = softmax(topK === 0 ? values : values.slice(0, topK), temperature);
  let count = 0;
  let total = 0;
  while (count < candidates.length && (topP === 1 || total < topP))
    total += candidates[count++] ?? 0;
  let left = random.next() * total;
  for (let i = 0; i < count; i++) {
    left -= candidates[i] ?? 0;
    if (left < 0) return i;
  }
  // Round-off left a crumb: the most probable token has room for it.
  return 0;
}

/** Nothing can be drawn: what the model predicts are no numbers. */
export class NoNumberError extends RangeError {}

/** Ids and logits in falling order, lower ids first among equals. NaN counts as −∞. */
function rank(logits: ArrayLike<number>): { ids: number[]; values: number[] } {
  const clean = Array.from(logits, (x) =>
    Number.isNaN(x) ? -Infinity : Math.min(x, Number.MAX_VALUE),
  );
  const ids = clean.map((_, id) => id);
  // Sorting is stable, so equals stay in the order of their ids.
  ids.sort((a, b) => compare(clean[b] ?? 0, clean[a] ?? 0));
  const values = ids.map((id) => clean[id] ?? 0);
  if (!((values[0] ?? NaN) > -Infinity))
    throw new NoNumberError('There is no number among the logits.');
  return { ids, values };
}

/** Not a difference, since −∞ − −∞ is no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** Probabilities of logits in falling order; the largest becomes e⁰, so that nothing overflows. */
function softmax(values: readonly number[], temperature: number): number[] {
  const largest = values[0] ?? 0;
  const weights = values.map((x) => (x === largest ? 1 : Math.exp((x - largest) / temperature)));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
