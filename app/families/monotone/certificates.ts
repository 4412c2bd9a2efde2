import type { Observation } from '../../../src/families/observation.ts';

/** The figure by whose name the bound is known; a test holds it against the engine's. */
const BOUND = 'bound 2m/L²';

/** The newest bound among what was observed: forward–backward converges for every α between 0 and it; null before any. */
export function boundOf(observed: readonly (readonly Observation[])[]): number | null {
  for (let k = observed.length - 1; k >= 0; k--)
    for (const one of observed[k] ?? []) {
      const row = one.kind === 'figures' && one.rows.find(({ name }) => name === BOUND);
      if (row) return row.value;
    }
  return null;
}
