import type { Axis, Layout, Part } from '../families/layout.ts';
import type { FilmPart, StateFilm } from './protocol/exploreProtocol.ts';

/** What a film may hold. */
interface Room {
  /** Numbers of one frame, all parts together. */
  readonly frame: number;
  /** Numbers of all frames. */
  readonly film: number;
  /** Frames that there is always room for. */
  readonly fewest: number;
}
const usual: Room = { frame: 6144, film: 200_000, fewest: 12 };

/** Along one axis of the drawn part: entries of the state, and how many of them stand behind each drawn one. */
interface Cut {
  readonly size: number;
  every: number;
}

/** How the axes of a part are laid out in planes of rows and columns. */
interface Plan {
  readonly part: Part;
  /** Index of the part's axis that is drawn across, and of the one drawn down; −1 for none. */
  readonly across: number;
  readonly down: number;
  /** Neighbours in a picture are averaged; of anything else, every so-manieth entry is taken as it is. */
  readonly averaged: boolean;
  readonly planes: Cut;
  readonly rows: Cut;
  readonly columns: Cut;
}

/**
 * A film of one sample's state: every part of the layout at every iteration, as planes of rows and columns, and few
 * enough numbers to send and draw. `points[k]` is z_k of the sample, flat. Where there are too many iterations the
 * film leaves out some in between, never the first or the last; where a part is too large, some of its entries.
 */
export function filmOf(layout: Layout, points: readonly Float32Array[], room = usual): StateFilm {
  const plans = layout.map(planOf);
  shrink(plans, room.frame);
  const cells = Math.max(1, sum(plans.map(drawnCells)));
  const most = Math.max(room.fewest, Math.floor(room.film / cells));
  const iterations = spread(points.length, most);
  return {
    iterations,
    parts: plans.map((plan) =>
      partOf(
        plan,
        iterations.map((k) => points[k] ?? new Float32Array()),
      ),
    ),
  };
}

/** At most `most` of the numbers 0…count − 1, evenly, with both ends. */
function spread(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)));
}

function planOf(part: Part): Plan {
  const { shape, axes } = part;
  const find = (axis: Axis): number => axes.indexOf(axis);
  const picture = find('rows') >= 0 && find('columns') >= 0;
  const across = picture ? find('columns') : shape.length - 1;
  const down = picture ? find('rows') : shape.length - 2;
  const size = (axis: number): number => shape[axis] ?? 1;
  const rest = shape.reduce(
    (product, n, axis) => (axis === across || axis === down ? product : product * n),
    1,
  );
  return {
    ...{ part, across, down, averaged: picture },
    planes: { size: rest, every: 1 },
    rows: { size: size(down), every: 1 },
    columns: { size: size(across), every: 1 },
  };
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
const drawn = ({ size, every }: Cut): number => Math.ceil(size / every);
const drawnCells = ({ planes, rows, columns }: Plan): number =>
  drawn(planes) * drawn(rows) * drawn(columns);

/** Thins the longest axis of the largest part until all parts have room; of a picture both, or it would be out of shape. */
function shrink(plans: readonly Plan[], most: number): void {
  for (;;) {
    if (sum(plans.map(drawnCells)) <= most) return;
    const largest = plans.reduce((a, b) => (drawnCells(b) > drawnCells(a) ? b : a));
    const cuts = [largest.planes, largest.rows, largest.columns];
    const longest = cuts.reduce((a, b) => (drawn(b) > drawn(a) ? b : a));
    if (drawn(longest) <= 1) return;
    const { averaged, planes, rows, columns } = largest;
    for (const cut of averaged && longest !== planes ? [rows, columns] : [longest]) cut.every++;
  }
}

/** The entries of one sample that stand behind each drawn cell, plane by plane, row by row. */
function sourcesOf({ part, across, down, averaged, planes, rows, columns }: Plan): number[][] {
  const strides = part.shape.map((_, axis) =>
    part.shape.slice(axis + 1).reduce((a, b) => a * b, 1),
  );
  const others = part.shape.flatMap((_, axis) => (axis === across || axis === down ? [] : [axis]));
  const planeOffset = (plane: number): number => {
    let [left, offset] = [plane, 0];
    for (const axis of [...others].reverse()) {
      const size = part.shape[axis] ?? 1;
      offset += (left % size) * (strides[axis] ?? 0);
      left = Math.floor(left / size);
    }
    return offset;
  };
  const behind = ({ size, every }: Cut, index: number): number[] => {
    const length = averaged ? Math.min(every, size - index * every) : 1;
    return Array.from({ length }, (_, i) => index * every + i);
  };
  const sources: number[][] = [];
  for (let plane = 0; plane < drawn(planes); plane++)
    for (let row = 0; row < drawn(rows); row++)
      for (let column = 0; column < drawn(columns); column++)
        sources.push(
          behind(rows, row).flatMap((i) =>
            behind(columns, column).map(
              (j) =>
                part.offset +
                planeOffset(plane * planes.every) +
                i * (strides[down] ?? 0) +
                j * (strides[across] ?? 0),
            ),
          ),
        );
  return sources;
}

function partOf(plan: Plan, points: readonly Float32Array[]): FilmPart {
  const { part, averaged, planes, rows, columns } = plan;
  const sources = sourcesOf(plan);
  const frames = new Float32Array(points.length * sources.length);
  points.forEach((point, frame) => {
    sources.forEach((entries, cell) => {
      let total = 0;
      for (const entry of entries) total += point[entry] ?? NaN;
      frames[frame * sources.length + cell] = total / entries.length;
    });
  });
  const { name, shape, axes } = part;
  return {
    ...{ name, shape, axes, averaged, frames },
    ...{ planes: drawn(planes), rows: drawn(rows), columns: drawn(columns) },
    every: { planes: planes.every, rows: rows.every, columns: columns.every },
  };
}
