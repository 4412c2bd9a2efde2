/** A logarithmic axis: where values go, and which are labelled. */
export interface LogScale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Steps of the ticks within a decade, finest last. */
const steps: readonly (readonly number[])[] = [
  [1],
  [1, 3],
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
  [1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9],
];

/**
 * A log axis through `values`, drawn from pixel `from` to pixel `to`, with a margin at both ends.
 * Decades are ticked; where there are fewer than two, finer steps are.
 */
export function logScale(values: readonly number[], from: number, to: number): LogScale {
  const usable = values.filter((value) => Number.isFinite(value) && value > 0);
  const low = Math.min(...usable, Infinity);
  const high = Math.max(...usable, 0);
  const [bottom, top] = usable.length === 0 ? [-1, 1] : [Math.log10(low), Math.log10(high)];
  const margin = Math.max(0.08, 0.07 * (top - bottom));
  const [first, last] = [bottom - margin, top + margin];
  const at = (value: number): number =>
    from + ((Math.log10(Math.max(value, 1e-300)) - first) / (last - first)) * (to - from);
  return { at, ticks: ticksBetween(first, last) };
}

function ticksBetween(first: number, last: number): number[] {
  const within = (stride: number, marks: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let power = Math.floor(first); power <= Math.ceil(last); power++) {
      if (power % stride !== 0) continue;
      for (const mark of marks) {
        const value = Number(`${mark}e${power}`);
        if (Math.log10(value) >= first && Math.log10(value) <= last) ticks.push(value);
      }
    }
    return ticks;
  };
  const stride = Math.max(1, Math.ceil((last - first) / 6));
  const choices = steps.map((marks) => within(stride, marks));
  return choices.find((ticks) => ticks.length >= 2) ?? choices.at(-1) ?? [];
}
