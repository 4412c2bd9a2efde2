import type { FilmPart, StateFilm } from '../../src/engine/protocol/protocol.ts';
import { finiteRange } from '../charts/colourScale.ts';
import { plural } from '../format.ts';

/** What of the state is drawn: itself, what the last step changed, or what is left to its newest value. */
export type FilmMode = 'state' | 'step' | 'left';

/** Most pictures of a strip: more would be too small to tell apart. */
const MOST_STILLS = 40;

/** Index of the frame of iteration k: of one that was left out, the frame before it. */
export const frameOf = ({ iterations }: StateFilm, k: number): number =>
  Math.max(
    0,
    iterations.findLastIndex((iteration) => iteration <= k),
  );

/** The numbers of one frame, plane by plane. */
export function frameData(part: FilmPart, frame: number, mode: FilmMode): Float32Array {
  const size = part.planes * part.rows * part.columns;
  const at = (index: number): Float32Array =>
    part.frames.subarray(index * size, (index + 1) * size);
  const shown = at(frame);
  if (mode === 'state') return shown;
  const other = at(mode === 'step' ? Math.max(0, frame - 1) : part.frames.length / size - 1);
  return shown.map((value, index) => value - (other[index] ?? NaN));
}

/** One plane of a frame. */
export function planeData(part: FilmPart, frame: Float32Array, plane: number): Float32Array {
  const size = part.rows * part.columns;
  return frame.subarray(plane * size, (plane + 1) * size);
}

/** Whether a part is one row of numbers: then its film is a map, numbers down and iterations across. */
export const isRow = ({ planes, rows }: FilmPart): boolean => planes === 1 && rows === 1;

/** A row's numbers through all frames, numbers down. */
export function rowMap(part: FilmPart, frames: number, mode: FilmMode): Float32Array {
  const map = new Float32Array(part.columns * frames);
  for (let frame = 0; frame < frames; frame++)
    frameData(part, frame, mode).forEach((value, index) => {
      map[index * frames + frame] = value;
    });
  return map;
}

/** Columns of the nearly square grid that shows so many numbers: without a rest, if that is not too wide. */
export function gridColumns(count: number): number {
  const square = Math.ceil(Math.sqrt(count));
  for (let columns = square; columns <= 2 * square; columns++)
    if (count % columns === 0) return columns;
  return square;
}

/** Frames of the strip: all, or evenly spread ones with the first and the last. */
export function stills(frames: number): number[] {
  const count = Math.min(frames, MOST_STILLS);
  return Array.from({ length: count }, (_, index) =>
    count < 2 ? 0 : Math.round((index * (frames - 1)) / (count - 1)),
  );
}

/** The ends of the colours: over all frames, so that they compare. */
export function filmRange(
  part: FilmPart,
  frames: number,
  mode: FilmMode,
): readonly [number, number] {
  if (mode === 'state') return finiteRange(part.frames);
  let [low, high] = [0, 0];
  for (let frame = 0; frame < frames; frame++) {
    const [least, most] = finiteRange(frameData(part, frame, mode));
    [low, high] = [Math.min(low, least), Math.max(high, most)];
  }
  return [low, high];
}

/** What a part is, and what of it the picture leaves out. */
export function partWords(part: FilmPart): string {
  const { name, shape, axes, every, averaged } = part;
  const size = shape.map((n, axis) => `${n} ${axes[axis] ?? ''}`.trim()).join(' × ');
  const thinned = Math.max(every.planes, every.rows, every.columns);
  if (thinned === 1) return `${name}: ${size}.`;
  return averaged
    ? `${name}: ${size}; each drawn cell is the mean of ${every.rows} × ${every.columns}.`
    : `${name}: ${size}; too many to draw all, so every ${ordinal(thinned)} is.`;
}

/** What happened at the frame, in a sentence: how much moved, and how much is left. */
export function frameSentence(film: StateFilm, part: FilmPart, frame: number): string {
  const k = film.iterations[frame] ?? 0;
  const lost = frameData(part, frame, 'state').reduce(
    (count, value) => count + (Number.isFinite(value) ? 0 : 1),
    0,
  );
  if (lost > 0) return `At iteration ${k} ${plural(lost, 'number')} no longer finite.`;
  const norm = (mode: FilmMode): number => Math.hypot(...frameData(part, frame, mode));
  const size = norm('state');
  const share = (value: number): string => `${percent(size > 0 ? value / size : 0)} of its size`;
  const newest = film.iterations.at(-1) ?? 0;
  const step = frame === 0 ? '' : `; the step there changed it by ${share(norm('step'))}`;
  const left =
    k === newest
      ? ''
      : `, and it is ${share(norm('left'))} from where it is at iteration ${newest}`;
  return `At iteration ${k} its norm is ${String(Number(size.toPrecision(3)))}${step}${left}.`;
}

const percent = (share: number): string => {
  const value = 100 * share;
  if (value > 0 && value < 0.01) return 'under 0.01 %';
  return value >= 1000 ? 'many times' : `${String(Number(value.toPrecision(2)))} %`;
};

const ordinal = (n: number): string => `${n}${{ 2: 'nd', 3: 'rd' }[n] ?? 'th'}`;
