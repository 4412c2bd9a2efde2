import type { PlaneObservation } from '../../src/families/observation.ts';
import { formatShare } from '../views/train/trainFormat.ts';
import { plural } from '../format.ts';

/** Where the probability is one half: pieces of the line, in cells from the upper left corner. */
export type Piece = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * The line between the classes by marching squares: between the middles of four cells at a time, straight pieces
 * from edge to edge where the probability passes one half.
 */
export function boundaryOf({
  rows,
  columns,
  data,
}: Pick<PlaneObservation, 'rows' | 'columns' | 'data'>): Piece[] {
  const pieces: Piece[] = [];
  const at = (row: number, column: number): number => (data[row * columns + column] ?? NaN) - 0.5;
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      const crossings = corners.flatMap(([x, y], i) => {
        const [x2, y2] = corners[(i + 1) % 4] ?? corners[0];
        const [here, there] = [at(y, x), at(y2, x2)];
        if (!(here < 0 && there >= 0) && !(here >= 0 && there < 0)) return [];
        const share = here / (here - there);
        return [[x + share * (x2 - x) + 0.5, y + share * (y2 - y) + 0.5] as const];
      });
      // Two crossings make a piece; at a saddle there are four, which make two.
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const [from, to] = [crossings[i], crossings[i + 1]];
        if (from && to) pieces.push([...from, ...to]);
      }
    }
  return pieces;
}

/** What the picture shows, in a sentence or two. */
export function planeSentence({ data, labels, points }: PlaneObservation): string {
  if (data.some((value) => !Number.isFinite(value)))
    return 'Probabilities are no longer finite in some places: the network says nothing there.';
  const right = points.filter((point) => point.right).length;
  const second = data.filter((value) => value >= 0.5).length / data.length;
  const split =
    second === 0 || second === 1
      ? `All of the plane counts as “${labels[second]}”.`
      : `${formatShare(second)} of the plane counts as “${labels[1]}”.`;
  return `${split} ${right} of ${plural(points.length, 'held-out point')} ${right === 1 ? 'is' : 'are'} told right.`;
}
