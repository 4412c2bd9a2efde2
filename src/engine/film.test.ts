import { describe, expect, it } from 'vitest';
import { onePart, type Layout } from '../families/layout.ts';
import { filmOf } from './film.ts';

/** Points whose entry i at iteration k is 100 k + i. */
const points = (count: number, size: number): Float32Array[] =>
  Array.from({ length: count }, (_, k) =>
    Float32Array.from({ length: size }, (_, i) => 100 * k + i),
  );

const roomy = { frame: 1e6, film: 1e9, fewest: 2 };

describe('a film of the state', () => {
  it('lays pictures out as planes of rows and columns, whatever the order of the axes', () => {
    const last: Layout = onePart('z', [2, 3, 2], ['rows', 'columns', 'channels']);
    const [part] = filmOf(last, points(1, 12), roomy).parts;
    expect(part).toMatchObject({ planes: 2, rows: 2, columns: 3, averaged: true });
    expect([...(part?.frames ?? [])]).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
    const first: Layout = onePart('z', [2, 2, 3], ['channels', 'rows', 'columns']);
    const frames = filmOf(first, points(1, 12), roomy).parts[0]?.frames ?? [];
    expect([...frames]).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });

  it('takes each part of the layout from its own place', () => {
    const layout: Layout = [
      { name: 'a', offset: 0, shape: [2], axes: ['units'] },
      { name: 'b', offset: 2, shape: [1, 3], axes: ['layers', 'units'] },
    ];
    const { iterations, parts } = filmOf(layout, points(2, 5), roomy);
    expect(iterations).toEqual([0, 1]);
    expect(parts.map(({ name, rows, columns }) => [name, rows, columns])).toEqual([
      ['a', 1, 2],
      ['b', 1, 3],
    ]);
    expect([...(parts[0]?.frames ?? [])]).toEqual([0, 1, 100, 101]);
    expect([...(parts[1]?.frames ?? [])]).toEqual([2, 3, 4, 102, 103, 104]);
  });

  it('keeps to its room: neighbours of a picture are averaged, units are left out', () => {
    const picture: Layout = onePart('z', [4, 4], ['rows', 'columns']);
    const [drawn] = filmOf(picture, points(1, 16), { ...roomy, frame: 4 }).parts;
    expect(drawn).toMatchObject({ rows: 2, columns: 2, every: { rows: 2, columns: 2, planes: 1 } });
    expect([...(drawn?.frames ?? [])]).toEqual([2.5, 4.5, 10.5, 12.5]);
    const [wide] = filmOf(picture, points(1, 16), { ...roomy, frame: 8 }).parts;
    expect(wide?.every, 'as wide as high').toEqual({ rows: 2, columns: 2, planes: 1 });
    const units: Layout = onePart('z', [7], ['units']);
    const [thinned] = filmOf(units, points(1, 7), { ...roomy, frame: 4 }).parts;
    expect(thinned).toMatchObject({ averaged: false, every: { columns: 2 } });
    expect([...(thinned?.frames ?? [])]).toEqual([0, 2, 4, 6]);
  });

  it('leaves out iterations in between, never the first or the newest', () => {
    const layout = onePart('z', [10], ['units']);
    const { iterations, parts } = filmOf(layout, points(101, 10), { ...roomy, film: 60 });
    expect(iterations).toEqual([0, 20, 40, 60, 80, 100]);
    expect(parts[0]?.frames.at(-1)).toBe(10_009);
  });

  it('of nothing is empty, and of one iteration has one frame', () => {
    const layout = onePart('z', [2], ['units']);
    expect(filmOf(layout, []).iterations).toEqual([]);
    expect(filmOf(layout, points(1, 2)).iterations).toEqual([0]);
  });
});
