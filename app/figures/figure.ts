/** What a chart or a picture says about itself, so that it can be saved; plain words and numbers. */

/** A cell of a table: a number as it is, a word, or nothing. */
export type Cell = string | number | null | undefined;

/** The numbers that a figure draws. */
export interface FigureTable {
  /** What each column holds, with its unit: `time, ms`. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A figure that can't be made: its message says why, and what to do instead. */
export class FigureProblem extends Error {
  override readonly name = 'FigureProblem';
}
