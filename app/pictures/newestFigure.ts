import type { Observation } from '../../src/families/observation.ts';

/** The newest figure of that name among what was observed; null before there is one. */
export function newestFigure(
  observed: readonly (readonly Observation[])[],
  figure: string,
): number | null {
  for (let k = observed.length - 1; k >= 0; k--)
    for (const one of observed[k] ?? []) {
      const row = one.kind === 'figures' && one.rows.find(({ name }) => name === figure);
      if (row) return row.value;
    }
  return null;
}
