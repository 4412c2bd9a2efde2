import { viridis } from '../../../charts/viridis.ts';
import { MAP_EDGE, type MapCell, type MapLayout } from './mapLayout.ts';
import { colourShare, type MapPicture } from './tokenMap.ts';

/** The theme's colours that the map is drawn with. */
export interface MapColours {
  readonly page: string;
  readonly text: string;
  readonly muted: string;
  readonly bar: string;
  readonly bad: string;
  readonly accent: string;
  readonly font: string;
}

/** What is drawn beside the numbers themselves. */
export interface MapMarks {
  /** Iterations after this one are drawn small: the recorded future. */
  readonly cursor: number;
  /** The chosen row, as drawn; −1 for none. */
  readonly chosen: number;
  /** The cell that keyboard or pointer is on. */
  readonly cell: MapCell | null;
}

/** Outlines lie on greens and yellows only, where black stands out in both themes. */
const OUTLINE = '#10151c';

/** The cells as an image of one pixel each, in the order of the rows; made once for a picture. */
export function mapImage({ rows, tolerance }: MapPicture, columns: number): ImageData {
  const image = new ImageData(columns, Math.max(1, rows.length));
  const { data } = image;
  rows.forEach(({ relative }, row) => {
    for (let column = 0; column < columns; column++) {
      const value = relative[column] ?? NaN;
      // A hole shows what lies below: the colour of things gone wrong.
      if (!Number.isFinite(value)) continue;
      const at = 4 * (row * columns + column);
      data.set(viridis(colourShare(value, tolerance)), at);
      data[at + 3] = 255;
    }
  });
  return image;
}

/** Draws the whole map. `cells` holds `mapImage`; `target` is scaled to CSS pixels already. */
export function drawMap(
  target: CanvasRenderingContext2D,
  cells: CanvasImageSource,
  picture: MapPicture,
  layout: MapLayout,
  marks: MapMarks,
  colours: MapColours,
): void {
  const { left, row, column, columns } = layout;
  const height = row * layout.rows;
  target.clearRect(0, 0, layout.width, layout.height);
  target.save();
  target.translate(0, MAP_EDGE);
  target.fillStyle = colours.bad;
  target.fillRect(left, 0, column * columns, height);
  target.imageSmoothingEnabled = false;
  target.drawImage(cells, left, 0, column * columns, height);
  drawFuture(target, picture, layout, marks, colours);
  drawReached(target, picture, layout, marks, colours);
  drawLabels(target, picture, layout, marks, colours);
  drawBars(target, picture, layout, colours);
  target.lineWidth = 1.5;
  target.strokeStyle = colours.text;
  const line = left + column * (Math.floor(marks.cursor / picture.columnBin) + 1);
  target.strokeRect(line - 0.5, 0, 0.01, height);
  if (marks.cell) {
    const x = left + column * Math.floor(marks.cell.k / picture.columnBin);
    target.lineWidth = 2;
    target.strokeStyle = colours.accent;
    target.strokeRect(x - 1, marks.cell.row * row - 1, column + 2, row + 2);
  }
  target.restore();
}

/** Gutters between the cells after the cursor leave small squares of them: alpha would change colours. */
function drawFuture(
  target: CanvasRenderingContext2D,
  { columnBin }: MapPicture,
  { left, row, column, columns, rows }: MapLayout,
  { cursor }: MapMarks,
  { page }: MapColours,
): void {
  const first = Math.floor(cursor / columnBin) + 1;
  if (first >= columns) return;
  target.fillStyle = page;
  const size = Math.max(1, Math.min(0.45 * Math.min(row, column), 6));
  const [across, down] = [(column - size) / 2, (row - size) / 2];
  for (let index = first; index < columns; index++) {
    target.fillRect(left + index * column, 0, across, rows * row);
    target.fillRect(left + (index + 1) * column - across, 0, across, rows * row);
  }
  for (let index = 0; index < rows; index++) {
    target.fillRect(left + first * column, index * row, (columns - first) * column, down);
    target.fillRect(
      left + first * column,
      (index + 1) * row - down,
      (columns - first) * column,
      down,
    );
  }
}

function drawReached(
  target: CanvasRenderingContext2D,
  { rows, columnBin }: MapPicture,
  { left, row, column }: MapLayout,
  { cursor }: MapMarks,
  { muted }: MapColours,
): void {
  const thick = row >= 8 && column >= 8 ? 1.5 : 1;
  target.lineWidth = thick;
  rows.forEach(({ reached }, index) => {
    if (reached === null) return;
    target.strokeStyle = reached <= cursor ? OUTLINE : muted;
    const x = left + column * Math.floor(reached / columnBin);
    target.strokeRect(x + thick / 2, index * row + thick / 2, column - thick, row - thick);
  });
}

function drawLabels(
  target: CanvasRenderingContext2D,
  { rows }: MapPicture,
  { left, row, labelEvery, labelColumns }: MapLayout,
  { chosen }: MapMarks,
  { muted, accent, font }: MapColours,
): void {
  target.textBaseline = 'middle';
  target.textAlign = 'right';
  const step = (left - 6) / labelColumns;
  rows.forEach(({ name }, index) => {
    if (index % labelEvery > 0 && index !== chosen) return;
    target.font = `${index === chosen ? 'bold ' : ''}11px ${font}`;
    target.fillStyle = index === chosen ? accent : muted;
    const turn = labelColumns - 1 - (Math.floor(index / labelEvery) % labelColumns);
    target.fillText(name, left - 5 - turn * step, (index + 0.5) * row + 0.5, step);
  });
}

function drawBars(
  target: CanvasRenderingContext2D,
  { rows, last }: MapPicture,
  { bars, row, labelEvery }: MapLayout,
  { bar, muted, font }: MapColours,
): void {
  const gap = row >= 6 ? 1.5 : 0.5;
  const unit = bars.length / Math.max(1, last);
  target.font = `11px ${font}`;
  target.textAlign = 'left';
  target.strokeStyle = muted;
  target.lineWidth = 1;
  rows.forEach(({ reached }, index) => {
    const [y, height] = [index * row + gap, row - 2 * gap];
    target.fillStyle = bar;
    if (reached !== null) target.fillRect(bars.left, y, Math.max(1, reached * unit), height);
    else {
      // Not there yet: open at its end.
      target.strokeRect(bars.left + 0.5, y + 0.5, bars.length - 1, Math.max(0.01, height - 1));
    }
    if (row < 11 && index % Math.max(labelEvery, Math.ceil(12 / row)) > 0) return;
    target.fillStyle = muted;
    const end = bars.left + (reached === null ? bars.length : reached * unit) + 4;
    target.fillText(reached === null ? `>${last}` : String(reached), end, y + height / 2 + 0.5);
  });
}
