import type { MapPicture } from './tokenMap.ts';

/** More rows than this get a fixed height, and the picture scrolls in its box. */
const MOST_FITTED = 64;
const LOW_ROW = 4;
const TALLEST_ROW = 22;
const WIDEST_COLUMN = 34;
/** Room above and below the cells, for the halves of labels that stick out. */
export const MAP_EDGE = 4;
/** Height of a glyph with the space it needs. */
const GLYPH = 12;
const GLYPH_WIDTH = 9;
const LABEL_EVERY = 8;
const BARS = { least: 112, most: 190, gap: 12, values: 24 } as const;

/** Where everything of the map stands, in CSS pixels that fall on whole device pixels. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** Left edge of the cells. */
  readonly left: number;
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
  /** Which rows are labelled: every so many. */
  readonly labelEvery: number;
  /** Labels stand in so many columns in turn, so that narrow rows keep theirs. */
  readonly labelColumns: number;
  /** The bars to the right of the cells, and how long the longest may be. */
  readonly bars: { readonly left: number; readonly length: number };
}

/** The layout of a picture in a box; rows that cannot shrink further make it taller than the box. */
export function mapLayout(
  picture: MapPicture,
  box: { readonly width: number; readonly height: number },
  ratio: number,
): MapLayout {
  const rows = picture.rows.length;
  const columns = Math.floor(picture.last / picture.columnBin) + 1;
  const whole = (size: number): number => Math.max(1, Math.floor(size * ratio)) / ratio;
  const fitted = Math.max(
    LOW_ROW,
    Math.min(TALLEST_ROW, (box.height - 2 * MAP_EDGE) / Math.max(1, rows)),
  );
  const row = rows > MOST_FITTED ? LOW_ROW : whole(fitted);
  const labelColumns = rows > MOST_FITTED ? 1 : Math.min(3, Math.ceil(GLYPH / row));
  const labelEvery = rows > MOST_FITTED ? LABEL_EVERY : Math.ceil(GLYPH / (row * labelColumns));
  const longest = Math.max(1, ...picture.rows.map(({ name }) => Array.from(name).length));
  const left = Math.ceil(labelColumns * Math.min(longest, 6) * GLYPH_WIDTH + 6);
  const room = box.width - left - BARS.gap - BARS.values;
  const column = whole(Math.min(WIDEST_COLUMN, (room - BARS.least) / columns));
  const bars = left + column * columns + BARS.gap;
  return {
    ...{ width: box.width, height: row * rows + 2 * MAP_EDGE, left, row, column, columns, rows },
    ...{ labelEvery, labelColumns },
    bars: {
      left: bars,
      length: Math.max(0, Math.min(BARS.most, box.width - bars - BARS.values)),
    },
  };
}

/** A cell of the map: a row as drawn, and an iteration. */
export interface MapCell {
  readonly row: number;
  readonly k: number;
}

/** The cell under a point of the picture, or null beside the cells. */
export function cellAt(
  { left, row, column, columns, rows }: MapLayout,
  { columnBin, last }: MapPicture,
  x: number,
  y: number,
): MapCell | null {
  const at = { row: Math.floor((y - MAP_EDGE) / row), column: Math.floor((x - left) / column) };
  const inside = at.row >= 0 && at.row < rows && at.column >= 0 && at.column < columns;
  return inside ? { row: at.row, k: Math.min(last, at.column * columnBin) } : null;
}

/** Iterations that the axis below names: about `most` round ones. */
export function columnTicks(last: number, most: number): number[] {
  const stride =
    [1, 2, 5, 10, 20, 25, 50, 100].find((size) => last / size <= most) ?? Math.ceil(last / most);
  return Array.from({ length: Math.floor(last / stride) + 1 }, (_, index) => index * stride);
}
