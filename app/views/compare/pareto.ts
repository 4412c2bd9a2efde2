import type { RunHead } from '../../../src/runs/run.ts';

/** One run in the scatter: both numbers are better where they are lower. */
export interface Candidate {
  readonly head: RunHead;
  readonly x: number;
  readonly y: number;
}

/**
 * Those that no other beats: none is lower in one number without being higher in the other. By rising x; of equals
 * all stay.
 */
export function paretoFront(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates
    .filter(
      (one) =>
        !candidates.some(
          (other) => other.x <= one.x && other.y <= one.y && (other.x < one.x || other.y < one.y),
        ),
    )
    .sort((a, b) => a.x - b.x || a.y - b.y);
}

/** Names that a sentence has room for. */
const MOST_NAMES = 6;

/** The front as a sentence: who is on it, and which of the visible runs are beaten. */
export function frontWords(
  candidates: readonly Candidate[],
  visible: readonly string[],
  xWords: (value: number) => string,
  yWords: (value: number) => string,
): string {
  if (candidates.length === 0) return '';
  const front = paretoFront(candidates);
  const stops = front.map(({ head, x, y }) => `${head.name} (${xWords(x)}, ${yWords(y)})`);
  const [only] = front;
  if (front.length === 1 && only) {
    return candidates.length === 1
      ? `Only ${stops.join('')} has both numbers.`
      : `${stops.join('')} is the best of ${String(candidates.length)} runs in both numbers.`;
  }
  const beaten = candidates.filter((one) => !front.includes(one) && visible.includes(one.head.id));
  const more = stops.length - MOST_NAMES;
  const named =
    stops.slice(0, MOST_NAMES).join('; ') + (more > 0 ? `; and ${String(more)} more` : '');
  const rest =
    beaten.length === 0
      ? ''
      : ` Beaten in both numbers, or in one at no gain: ${beaten.map(({ head }) => head.name).join(', ')}.`;
  return `On the front, from the cheapest to the best: ${named}.${rest}`;
}
