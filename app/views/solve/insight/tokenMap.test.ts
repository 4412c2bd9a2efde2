import { describe, expect, it } from 'vitest';
import { viridis } from '../../../charts/viridis.ts';
import { drawMap } from './mapCanvas.ts';
import { cellAt, columnTicks, mapLayout, MAP_EDGE } from './mapLayout.ts';
import {
  binned,
  binSentence,
  colourShare,
  iterationsTo,
  legendTicks,
  mapPicture,
  mapSentence,
  rowOrder,
} from './tokenMap.ts';

/** Three tokens in four iterations; the space never gets below 1e-3. */
const map = {
  kind: 'tokens' as const,
  rows: ['a', ' ', 'q'],
  relative: [
    [1, 1, 1],
    [1e-4, 0.5, 0.1],
    [1e-5, 0.2, 1e-2],
    [1e-6, 0.1, 1e-4],
  ],
};

/** So many tokens that all fall tenfold each iteration. */
const many = (tokens: number, iterations: number) => ({
  kind: 'tokens' as const,
  rows: Array.from({ length: tokens }, () => 'x'),
  relative: Array.from({ length: iterations }, (_, k) =>
    Array.from({ length: tokens }, (__, row) => 10 ** -k * (1 + row)),
  ),
});

describe('the colours', () => {
  it('run from 1 to a tenth of the tolerance, whatever was recorded', () => {
    expect(colourShare(1, 1e-3)).toBe(0);
    expect(colourShare(30, 1e-3)).toBe(0);
    expect(colourShare(1e-2, 1e-3)).toBeCloseTo(0.5);
    expect(colourShare(1e-4, 1e-3)).toBeCloseTo(1);
    expect(colourShare(0, 1e-3)).toBe(1);
    expect(legendTicks(1e-3)).toEqual([1, 0.1, 1e-2, 1e-3, 1e-4]);
    expect(legendTicks(1e-8)).toEqual([1, 1e-2, 1e-4, 1e-6, 1e-8]);
  });

  it('are viridis to within what an eye can tell', () => {
    const known = [
      [0, [68, 1, 84]],
      [0.25, [59, 82, 139]],
      [0.5, [33, 145, 140]],
      [0.75, [94, 201, 98]],
      [1, [253, 231, 37]],
    ] as const;
    for (const [share, colour] of known) {
      viridis(share).forEach((value, channel) => {
        expect(Math.abs(value - (colour[channel] ?? 0))).toBeLessThanOrEqual(6);
      });
    }
  });
});

describe('the rows', () => {
  it('know when they were first below the tolerance', () => {
    expect(iterationsTo(map, 1e-3)).toEqual([1, null, 3]);
  });

  it('stand by position, or the slowest first', () => {
    expect(rowOrder(map, 1e-3, 'position')).toEqual([0, 1, 2]);
    expect(rowOrder(map, 1e-3, 'difficulty')).toEqual([1, 2, 0]);
    const lost = { kind: 'tokens' as const, rows: ['a', 'b'], relative: [[0.5, NaN]] };
    expect(rowOrder(lost, 1e-3, 'difficulty')).toEqual([1, 0]);
  });

  it('become bins of their largest residual where there are too many', () => {
    expect(binned([1, 3, 2, 5, 4], 2)).toEqual([3, 5, 4]);
    expect(binned([1, NaN], 2)).toEqual([NaN]);
    const picture = mapPicture(many(300, 5), 1e-3, 'position');
    expect(picture).toMatchObject({ rowBin: 2, columnBin: 1, last: 4 });
    expect(picture.rows).toHaveLength(150);
    expect(picture.rows[1]?.relative[0]).toBe(4);
    expect(binSentence(picture)).toBe('Each row is the largest residual of 2 tokens.');
    expect(binSentence(mapPicture(map, 1e-3, 'position'))).toBe('');
  });
});

describe('the words', () => {
  it('say how many have got there, and who is slowest', () => {
    expect(mapSentence(map, 1e-3, 3)).toBe(
      '2 of 3 tokens are below 1e-3 after 3 iterations; 1 still above it at iteration 3, the furthest is ‘␣’ at 0.10.',
    );
    expect(mapSentence(map, 0.3, 2)).toBe(
      '3 of 3 tokens are below 3e-1 after 2 iterations; the slowest is ‘␣’ at 2.',
    );
    expect(mapSentence(map, 0.3, 0, 5)).toMatch(/after 5 iterations; the slowest is ‘␣’ at 7/);
    const dead = { ...map, relative: map.relative.map((row) => row.map(() => 3.8e10)) };
    expect(mapSentence(dead, 1e-3, 0)).toMatch(/the furthest is ‘.’: f\(z\) is about 0 there/);
    expect(mapSentence({ kind: 'tokens', rows: [], relative: [] }, 1e-3, 0)).toMatch(/Nothing/);
  });
});

describe('the layout', () => {
  it('fills the box with few tokens and keeps 4 px and every eighth label with many', () => {
    const few = mapLayout(
      mapPicture(many(34, 23), 1e-3, 'position'),
      { width: 760, height: 270 },
      2,
    );
    expect(few.height).toBeLessThanOrEqual(270);
    expect(few.labelColumns).toBeGreaterThan(1);
    expect(few.labelEvery).toBe(1);
    expect(few.bars.left + few.bars.length).toBeLessThanOrEqual(760);
    const tall = mapLayout(
      mapPicture(many(100, 23), 1e-3, 'position'),
      { width: 760, height: 270 },
      1,
    );
    expect(tall).toMatchObject({ row: 4, labelEvery: 8, height: 400 + 2 * MAP_EDGE });
  });

  it('finds the cell under the pointer', () => {
    const picture = mapPicture(map, 1e-3, 'position');
    const layout = mapLayout(picture, { width: 400, height: 80 }, 1);
    const { left, column, row } = layout;
    expect(cellAt(layout, picture, left + 2.5 * column, MAP_EDGE + 1.5 * row)).toEqual({
      row: 1,
      k: 2,
    });
    expect(cellAt(layout, picture, left - 1, 10)).toBeNull();
  });

  it('names round iterations', () => {
    expect(columnTicks(22, 12)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
    expect(columnTicks(0, 5)).toEqual([0]);
  });
});

/** A canvas that counts what is drawn on it. */
function countingCanvas(): { target: CanvasRenderingContext2D; drawn: () => number } {
  let drawn = 0;
  const target = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => () => {
      if (/^(fill|stroke|draw)/.test(String(name))) drawn++;
    },
    set: () => true,
  });
  return { target, drawn: () => drawn };
}

it('drawing costs a few calls a row and a column, and none a cell', () => {
  const picture = mapPicture(many(64, 101), 1e-3, 'position');
  const layout = mapLayout(picture, { width: 900, height: 400 }, 1);
  const colours = { page: '', text: '', muted: '', bar: '', bad: '', accent: '', font: '' };
  const { target, drawn } = countingCanvas();
  const marks = { cursor: 0, chosen: 3, cell: { row: 5, k: 7 } };
  drawMap(target, {} as CanvasImageSource, picture, layout, marks, colours);
  expect(drawn()).toBeGreaterThan(64);
  expect(drawn()).toBeLessThan(6 * (64 + 101));
});
