import type { Points } from './points.ts';

/** One line of a stream chart. */
export interface StreamLine {
  readonly label: string;
  /** A colour of the theme, by the name of its CSS variable: `--series-1`. */
  readonly colour: string;
  /** Lengths of strokes and gaps; empty is solid. */
  readonly dash: readonly number[];
  readonly width: number;
  /** Below 1 for what lies behind another line. */
  readonly opacity?: number;
  /** Draw a dot at each point. */
  readonly dots?: boolean;
  readonly points: Points;
}

/** A horizontal line to compare with. */
export interface Reference {
  readonly value: number;
  readonly label: string;
  readonly dash: readonly number[];
}

/** What a stream chart shows; a new object draws anew. */
export interface StreamPicture {
  readonly lines: readonly StreamLine[];
  readonly references: readonly Reference[];
  /** Horizontal places where a value stopped being a number: a ▲ at the top edge. */
  readonly marks: readonly number[];
  /** A place where something else begins, and what: a broken line from top to bottom. */
  readonly turn?: { readonly at: number; readonly label: string } | undefined;
  readonly log: boolean;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
}
