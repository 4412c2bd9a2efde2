/** Throws a RangeError that says what a solver's option must be, unless it is. */
export function demand(holds: boolean, what: string): void {
  if (!holds) throw new RangeError(`Solver option ${what}.`);
}

/** A share in (0, 1]. */
export function demandShare(name: string, value: number): number {
  demand(value > 0 && value <= 1, `${name} must be in (0, 1], not ${value}`);
  return value;
}

/** A whole number from 1, or Infinity. */
export function demandCount(name: string, value: number): number {
  demand(
    value === Infinity || (Number.isInteger(value) && value >= 1),
    `${name} must be a whole number from 1, or Infinity, not ${value}`,
  );
  return value;
}
