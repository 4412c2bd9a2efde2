import type { ClassesObservation } from '../../src/families/observation.ts';
import { plural } from '../format.ts';
import { formatShare } from '../views/train/trainFormat.ts';

type History = readonly (ClassesObservation | undefined)[];

/** Which class is the most probable, the first of equals; −1 where no probability is a number. */
export function topClass(probability: readonly number[] | undefined): number {
  let top = -1;
  (probability ?? []).forEach((value, index) => {
    if (Number.isFinite(value) && value > (probability?.[top] ?? -Infinity)) top = index;
  });
  return top;
}

/** The iteration from which the newest answer for a sample has stayed; null where there is no answer. */
export function settledSince(history: History, sample: number): number | null {
  const answer = topClass(history.at(-1)?.probability[sample]);
  if (answer < 0) return null;
  let since = history.length - 1;
  for (let k = since - 1; k >= 0; k--) {
    const before = history[k];
    // An iteration that said nothing contradicts nothing.
    if (!before) continue;
    if (topClass(before.probability[sample]) !== answer) break;
    since = k;
  }
  return since;
}

/** What a state says of a sample, in a sentence or two; `iteration` is the one shown. */
export function classesSentence(history: History, sample: number, iteration: number): string {
  const shown = history.at(-1);
  const probability = shown?.probability[sample];
  const answer = topClass(probability);
  if (!shown || !probability || answer < 0)
    return `At iteration ${iteration} the state is no longer finite: it says nothing.`;
  const name = shown.labels[answer] ?? String(answer);
  const truth = shown.truth?.[sample] ?? null;
  const right =
    truth === null
      ? ''
      : truth === answer
        ? ', which is right'
        : `; right would be ${shown.labels[truth] ?? String(truth)}`;
  const since = settledSince(history, sample) ?? iteration;
  const settled =
    iteration === 0
      ? ' Step on to see it change.'
      : since === 0
        ? ' It has been the answer from the start.'
        : since === iteration
          ? ' It has just become the answer.'
          : ` It has been the answer since iteration ${since}.`;
  return `At iteration ${iteration}: ${name}, ${formatShare(probability[answer] ?? 0)}${right}.${settled}`;
}

/** How many of a batch are right, where that is known of any; null for one sample alone. */
export function batchSentence({ probability, truth }: ClassesObservation): string | null {
  if (probability.length <= 1 || !truth) return null;
  const known = probability.flatMap((one, index) => {
    const right = truth[index] ?? null;
    return right === null ? [] : [topClass(one) === right];
  });
  if (known.length === 0) return null;
  const right = known.filter(Boolean).length;
  return `${right} of ${plural(known.length, 'sample')} right.`;
}

/** The probabilities of a sample as a map: classes down, iterations across; NaN where nothing was observed. */
export function classesMap(history: History, sample: number): Float32Array {
  const classes = history.at(-1)?.labels.length ?? 0;
  const map = new Float32Array(classes * history.length).fill(NaN);
  history.forEach((one, k) => {
    one?.probability[sample]?.forEach((value, index) => {
      map[index * history.length + k] = value;
    });
  });
  return map;
}
