import type { StreamPicture } from './streamTypes.ts';

/** Splits of a log axis that spans decades come nine to a decade: then only decades are labelled. */
const MOST_LABELS = 10;

/** What stands beside the splits of the vertical axis. */
export function tickLabels(
  { log, formatY }: StreamPicture,
  splits: readonly (number | null)[],
): string[] {
  const sparse = log && splits.length > MOST_LABELS;
  return splits.map((value) => {
    if (value === null) return '';
    if (value === 0) return '0';
    const digits = Math.log10(value) % 1;
    return sparse && Math.min(Math.abs(digits), 1 - Math.abs(digits)) > 1e-6 ? '' : formatY(value);
  });
}

/** Rounded to one digit: uPlot counts the splits of a log axis from its lower end. */
function oneDigit(value: number, round: (value: number) => number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return Number((round(value / power) * power).toPrecision(1));
}

/** The vertical range: around the values in view and what they are compared with. */
export function rangeOf(
  { references, log }: StreamPicture,
  low: number | null,
  high: number | null,
): [number, number] {
  const values = [low, high, ...references.map(({ value }) => value)].filter(
    (value): value is number => value !== null && Number.isFinite(value) && (!log || value > 0),
  );
  if (values.length === 0) return log ? [0.1, 10] : [0, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (log) return [oneDigit(least, Math.floor), oneDigit(most, Math.ceil)];
  if (least === 0 && most === 0) return [0, 1];
  const margin = 0.06 * (most - least || Math.abs(most) || 1);
  return [least >= 0 ? Math.max(0, least - margin) : least - margin, most + margin];
}
