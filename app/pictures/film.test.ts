import { describe, expect, it } from 'vitest';
import type { FilmPart, StateFilm } from '../../src/engine/protocol/protocol.ts';
import {
  filmRange,
  frameData,
  frameOf,
  frameSentence,
  gridColumns,
  partWords,
  planeData,
  rowMap,
  stills,
} from './film.ts';

const part: FilmPart = {
  ...{ name: 'z', shape: [2, 1, 2], axes: ['channels', 'rows', 'columns'], averaged: true },
  ...{ planes: 2, rows: 1, columns: 2, every: { planes: 1, rows: 1, columns: 1 } },
  frames: Float32Array.from([0, 0, 0, 0, 1, 2, 3, 4, 2, 2, 2, 8]),
};
const film: StateFilm = { iterations: [0, 5, 9], parts: [part] };

describe('a film', () => {
  it('shows at an iteration it left out the frame before it', () => {
    expect([0, 4, 5, 8, 9, 40].map((k) => frameOf(film, k))).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('shows the state, what the last step changed, and what is left', () => {
    expect([...frameData(part, 1, 'state')]).toEqual([1, 2, 3, 4]);
    expect([...frameData(part, 2, 'step')]).toEqual([1, 0, -1, 4]);
    expect([...frameData(part, 1, 'left')]).toEqual([-1, 0, 1, -4]);
    expect([...frameData(part, 0, 'step')]).toEqual([0, 0, 0, 0]);
    expect([...planeData(part, frameData(part, 1, 'state'), 1)]).toEqual([3, 4]);
    expect(filmRange(part, 3, 'step')).toEqual([-1, 4]);
  });

  it('of a row is a map of numbers over iterations', () => {
    const row = { ...part, shape: [4], axes: ['units'] as const, planes: 1, columns: 4 };
    expect([...rowMap(row, 3, 'state')]).toEqual([0, 1, 2, 0, 2, 2, 0, 3, 2, 0, 4, 8]);
    expect([87, 84, 100, 1].map(gridColumns)).toEqual([10, 12, 10, 1]);
  });

  it('is a strip of at most forty pictures', () => {
    expect(stills(3)).toEqual([0, 1, 2]);
    expect(stills(1)).toEqual([0]);
    expect(stills(200)).toHaveLength(40);
    expect([stills(200).at(0), stills(200).at(-1)]).toEqual([0, 199]);
  });

  it('says what it is of, what it leaves out and what happened', () => {
    expect(partWords(part)).toBe('z: 2 channels × 1 rows × 2 columns.');
    expect(partWords({ ...part, averaged: false, every: { ...part.every, columns: 3 } })).toContain(
      'every 3rd',
    );
    expect(frameSentence(film, part, 1)).toBe(
      'At iteration 5 its norm is 5.48; the step there changed it by 100 % of its size, and it is 77 % of its size from where it is at iteration 9.',
    );
    const broken = { ...part, frames: part.frames.with(5, NaN) };
    expect(frameSentence(film, broken, 1)).toBe('At iteration 5 1 number no longer finite.');
  });
});
