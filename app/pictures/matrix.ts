import type { MatrixObservation } from '../../src/families/observation.ts';

/** Rows and columns that a table of a matrix shows at once. */
export const BLOCK = 20;

/** The block of a table that a cell is in: its first row and column, and those after its last. */
export function blockAt(
  { rows, columns }: Pick<MatrixObservation, 'rows' | 'columns'>,
  cell: { readonly row: number; readonly column: number } | null,
): {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
} {
  const start = (at: number): number => Math.floor(at / BLOCK) * BLOCK;
  const [top, left] = [start(cell?.row ?? 0), start(cell?.column ?? 0)];
  return {
    ...{ top, left },
    bottom: Math.min(rows, top + BLOCK),
    right: Math.min(columns, left + BLOCK),
  };
}

/** How far a matrix is from the identity times a factor, in words; what its diagonal holds. */
export function matrixSentence({ rows, columns, data, symmetric }: MatrixObservation): string {
  let [diagonal, off] = [0, 0];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column] ?? NaN;
      if (row === column) diagonal = Math.max(diagonal, Math.abs(value));
      else off = Math.max(off, Math.abs(value));
    }
  const size = `${rows} × ${columns}`;
  if (Number.isNaN(diagonal) || Number.isNaN(off)) return `${size}; entries are no longer finite.`;
  return symmetric && rows === columns
    ? `${size}; the largest entry on the diagonal is ${figure(diagonal)}, off it ${figure(off)}.`
    : `${size}; the largest entry is ${figure(Math.max(diagonal, off))}.`;
}

const figure = (value: number): string => String(Number(value.toPrecision(3)));
