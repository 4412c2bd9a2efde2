import type uPlot from 'uplot';
import { themeColour } from './themeColour.ts';
import type { Reference, StreamPicture } from './streamTypes.ts';

/** Horizontal lines to compare with, each with its name at the right end. */
export function drawReferences(plot: uPlot, references: readonly Reference[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 1.5 * ratio;
  ctx.font = `${String(11 * ratio)}px system-ui, sans-serif`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  for (const { value, label, dash } of references) {
    const y = plot.valToPos(value, 'y', true);
    if (!Number.isFinite(y) || y < bbox.top - 1 || y > bbox.top + bbox.height + 1) continue;
    ctx.strokeStyle = themeColour('--control');
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillStyle = themeColour('--muted');
    // Near the top edge there is room below the line only.
    const below = y - bbox.top < 14 * ratio;
    ctx.textBaseline = below ? 'top' : 'bottom';
    ctx.fillText(label, bbox.left + bbox.width - 4 * ratio, y + (below ? 3 : -3) * ratio);
  }
  ctx.restore();
}

/** A broken line from top to bottom where something else begins, named at its foot: curves fall from the top. */
export function drawTurn(plot: uPlot, turn: StreamPicture['turn']): void {
  if (!turn) return;
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const x = plot.valToPos(turn.at, 'x', true);
  const right = bbox.left + bbox.width;
  if (!Number.isFinite(x) || x < bbox.left - 1 || x > right + 1) return;
  ctx.save();
  ctx.strokeStyle = themeColour('--muted');
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.fillStyle = themeColour('--muted');
  ctx.font = `${String(11 * ratio)}px system-ui, sans-serif`;
  ctx.textBaseline = 'bottom';
  // Near the right edge there is room at its left only.
  const left = right - x < ctx.measureText(turn.label).width + 8 * ratio;
  ctx.textAlign = left ? 'right' : 'left';
  ctx.fillText(turn.label, x + (left ? -4 : 4) * ratio, bbox.top + bbox.height - 3 * ratio);
  ctx.restore();
}

/** ▲ at the top edge where a value stopped being a number: nothing is dropped silently. */
export function drawMarks(plot: uPlot, marks: readonly number[]): void {
  const { ctx, bbox } = plot;
  const size = 7 * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = themeColour('--bad');
  for (const mark of marks) {
    const x = plot.valToPos(mark, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x + size, bbox.top + 1.7 * size);
    ctx.lineTo(x - size, bbox.top + 1.7 * size);
    ctx.fill();
  }
  ctx.restore();
}
