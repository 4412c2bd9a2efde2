import type { Observation } from '../../../src/families/observation.ts';

/** What the engine's figures say of the weights that are solved with. */
export interface Certificates {
  /** Forward–backward converges for every α between 0 and this. */
  readonly bound: number;
}

/** The figures by whose names the certificates are known; a test holds them against the engine's. */
export const BOUND = 'bound 2m/L²';

/** The newest certificates among what was observed; null before any. */
export function certificatesOf(observed: readonly (readonly Observation[])[]): Certificates | null {
  for (const all of observed.toReversed())
    for (const one of all) {
      if (one.kind !== 'figures') continue;
      const row = one.rows.find(({ name }) => name === BOUND);
      if (row) return { bound: row.value };
    }
  return null;
}
