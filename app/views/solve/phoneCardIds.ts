/** Where the numbers at the top of a phone lead to. */
export const cardIds = {
  residual: 'main',
  spectrum: 'card-spectrum',
  memory: 'card-memory',
} as const;
