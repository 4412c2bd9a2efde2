/**
 * Roles of the six series colours, as CSS variables, so that charts follow the theme
 * without being told. Every role has a dash of its own: colour never carries meaning alone.
 */
export const palette = {
  current: { stroke: 'var(--series-1)', dash: '' },
  second: { stroke: 'var(--series-2)', dash: '6 3' },
  tolerance: { stroke: 'var(--ok)', dash: '2 3' },
  fourth: { stroke: 'var(--series-4)', dash: '8 3 2 3' },
  solver: { stroke: 'var(--series-5)', dash: '10 4' },
  behind: { stroke: 'var(--series-4)', dash: '4 4' },
  neutral: { stroke: 'var(--series-6)', dash: '6 3' },
} as const;

/** Traces beside the current one, in the order they were added. */
export const besides = [
  palette.second,
  { stroke: 'var(--series-3)', dash: '2 3' },
  palette.fourth,
  palette.solver,
  { stroke: 'var(--series-6)', dash: '1 3' },
] as const;
