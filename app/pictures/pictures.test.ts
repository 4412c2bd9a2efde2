import { describe, expect, it } from 'vitest';
import type {
  ClassesObservation,
  ImageObservation,
  PlaneObservation,
} from '../../src/families/observation.ts';
import { colourScale, finiteRange, hasBothSigns } from '../charts/colourScale.ts';
import { batchSentence, classesMap, classesSentence, settledSince, topClass } from './classes.ts';
import { curvePath, curveWords } from './curve.ts';
import { formatFigure } from './formatFigure.ts';
import { readingAt, seriesAt, type Readings } from './history.ts';
import { likenessOf, likenessWords, planesOf } from './image.ts';
import { blockAt, matrixSentence } from './matrix.ts';
import { boundaryOf, planeSentence } from './plane.ts';

describe('colours', () => {
  it('have zero in the middle of a diverging scale, however lopsided the values', () => {
    const scale = colourScale('diverging', [-1, 3], 'light');
    expect([scale.low, scale.high]).toEqual([-3, 3]);
    expect(scale.colour(0)).toEqual([247, 248, 250]);
    const [red, , blue] = scale.colour(-3);
    expect(blue).toBeGreaterThan(red);
    const [warm, , cold] = scale.colour(3);
    expect(warm).toBeGreaterThan(cold);
  });

  it('do not divide by a range of nothing, nor look at what is not finite', () => {
    expect(finiteRange([NaN, 2, Infinity, -1])).toEqual([-1, 2]);
    expect(finiteRange([NaN])).toEqual([0, 0]);
    expect(colourScale('grey', [5, 5], 'dark').colour(5)).toEqual([0, 0, 0]);
    expect(colourScale('diverging', [0, 0], 'dark').colour(0)).toEqual([27, 34, 43]);
    expect([hasBothSigns([-1, 1]), hasBothSigns([0, 1])]).toEqual([true, false]);
  });
});

const classes = (...probability: number[][]): ClassesObservation => ({
  ...{ kind: 'classes', name: 'digit', labels: ['0', '1', '2'], probability },
});

describe('classes', () => {
  const history = [
    classes([0.5, 0.3, 0.2]),
    classes([0.1, 0.6, 0.3]),
    undefined,
    classes([0.05, 0.9, 0.05]),
  ];

  it('know since when the answer has stayed; silence contradicts nothing', () => {
    expect(settledSince(history, 0)).toBe(1);
    expect(settledSince([classes([NaN, NaN, NaN])], 0)).toBeNull();
    expect(topClass([0.4, 0.4])).toBe(0);
  });

  it('say what they see, and whether it is right', () => {
    expect(classesSentence(history, 0, 3)).toBe(
      'At iteration 3: 1, 90 %. It has been the answer since iteration 1.',
    );
    const wrong = { ...classes([0.05, 0.9, 0.05]), truth: [2] };
    expect(classesSentence([wrong], 0, 0)).toContain('right would be 2');
    expect(classesSentence([classes([NaN, NaN, NaN])], 0, 7)).toContain('no longer finite');
  });

  it('count those that are right of a batch whose truth is known', () => {
    const batch = { ...classes([1, 0, 0], [0, 1, 0], [0, 0, 1]), truth: [0, 2, null] };
    expect(batchSentence(batch)).toBe('1 of 2 samples right.');
    expect(batchSentence(classes([1, 0, 0], [1, 0, 0]))).toBeNull();
  });

  it('are a map of classes over iterations', () => {
    const map = classesMap(history, 0);
    expect(map).toHaveLength(12);
    expect([...map.subarray(4, 8)].map((value) => Number(value.toFixed(2)))).toEqual([
      0.3,
      0.6,
      NaN,
      0.9,
    ]);
  });
});

describe('pictures', () => {
  const image = (data: number[], reference?: number[]): ImageObservation => ({
    ...{ kind: 'image', name: 'z', sample: 0, rows: 1, columns: data.length, channels: 1 },
    data: Float32Array.from(data),
    ...(reference && { reference: Float32Array.from(reference) }),
  });

  it('are compared by PSNR, and masks by the intersection over the union', () => {
    const likeness = likenessOf({ ...image([0.5, 1], [0.6, 0.9]), range: [0, 1] });
    expect(likeness?.measure).toBe('PSNR');
    expect(likeness?.value).toBeCloseTo(20, 4);
    expect(likenessOf(image([0.9, 0.6, 0.1], [1, 0, 0]))).toEqual({ measure: 'IoU', value: 0.5 });
    expect(likenessOf(image([0, 0], [0, 0]))?.value).toBe(1);
    expect(likenessOf(image([1]))).toBeNull();
    expect(likenessWords({ measure: 'PSNR', value: NaN })).toBe('PSNR —');
  });

  it('of many channels are feature maps', () => {
    const planes = planesOf({
      rows: 1,
      columns: 2,
      channels: 2,
      data: Float32Array.of(1, 2, 3, 4),
    });
    expect(planes.map((plane) => [...plane])).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});

describe('matrices', () => {
  const matrix = {
    ...({ kind: 'matrix', name: 'B', rows: 2, columns: 2, symmetric: true } as const),
    data: Float32Array.of(-1, 0.25, 0, -1.5),
  };

  it('say how large their diagonal is and what stands off it', () => {
    expect(matrixSentence(matrix)).toBe(
      '2 × 2; the largest entry on the diagonal is 1.5, off it 0.25.',
    );
    expect(matrixSentence({ ...matrix, data: Float32Array.of(1, NaN, 0, 1) })).toContain(
      'no longer finite',
    );
  });

  it('are shown as numbers in blocks', () => {
    const at = (row: number, column: number) => blockAt({ rows: 45, columns: 30 }, { row, column });
    expect(at(0, 0)).toEqual({ top: 0, left: 0, bottom: 20, right: 20 });
    expect(at(44, 20)).toEqual({ top: 40, left: 20, bottom: 45, right: 30 });
  });
});

describe('curves and figures', () => {
  it('break off where a value is not finite', () => {
    const curve = { x: Float32Array.of(0, 1, 2, 3), y: Float32Array.of(1, NaN, 2, 3) };
    const same = (value: number): number => value;
    expect(curvePath(curve, same, same)).toBe('M0.0 1.0M2.0 2.0L3.0 3.0');
    expect(
      curveWords({ kind: 'curve', name: 'Energy', xName: 'half step', unit: '', ...curve }),
    ).toBe('Energy: 1 at half step 0, 3 at 3; between 1 and 3.');
  });

  it('are written with four digits', () => {
    expect([0.312149, 12, -3.5, 1.25e-6, NaN, Infinity].map(formatFigure)).toEqual([
      '0.3121',
      '12',
      '−3.5',
      '1.250e-6',
      '—',
      '∞',
    ]);
  });
});

describe('planes', () => {
  it('have their line where the probability is one half, whichever way it rises', () => {
    // From 0.25 on the left to 0.75 on the right: halfway between the middles of two columns.
    const data = Float32Array.from([0.25, 0.75, 0.25, 0.75]);
    expect(boundaryOf({ rows: 2, columns: 2, data })).toEqual([[1, 0.5, 1, 1.5]]);
    expect(boundaryOf({ rows: 2, columns: 2, data: data.map((p) => 1 - p) })).toHaveLength(1);
    expect(boundaryOf({ rows: 2, columns: 2, data: data.map(() => 0.9) })).toEqual([]);
    expect(boundaryOf({ rows: 2, columns: 2, data: Float32Array.from([0, 1, 1, 0]) })).toHaveLength(
      2,
    );
  });

  it('say how much is whose, and how many points are told right', () => {
    const plane: PlaneObservation = {
      ...{ kind: 'plane', name: 'Class', rows: 1, columns: 4, x: [-1, 1], y: [-1, 1] },
      data: Float32Array.from([0.1, 0.2, 0.3, 0.9]),
      labels: ['inner', 'outer'],
      points: [
        { x: 0, y: 0, label: 0, right: true },
        { x: 0, y: 0, label: 1, right: false },
      ],
    };
    expect(planeSentence(plane)).toBe(
      '25 % of the plane counts as “outer”. 1 of 2 held-out points is told right.',
    );
    expect(planeSentence({ ...plane, data: plane.data.map(() => 0) })).toContain(
      'All of the plane counts as “inner”',
    );
    expect(planeSentence({ ...plane, data: plane.data.map(() => NaN) })).toContain('no longer');
  });
});

describe('readings', () => {
  const image = (sample: number, value: number): ImageObservation => ({
    ...{ kind: 'image', name: 'hidden', sample, rows: 1, columns: 1, channels: 1 },
    data: Float32Array.of(value),
  });
  const readings: Readings = [[image(0, 1), image(1, 2)], [], [image(0, 3), image(1, 4)], []];

  it('at an iteration that said nothing are those before it', () => {
    expect([readingAt(readings), readingAt(readings, 1), readingAt([], 3)]).toEqual([2, 0, -1]);
  });

  it('are series of one sample', () => {
    const [series] = seriesAt(readings, 2, 1);
    expect(series?.key).toBe('image hidden');
    expect(series?.history.map((one) => one?.kind === 'image' && one.data[0])).toEqual([
      2,
      false,
      4,
    ]);
    expect(seriesAt(readings, 2, 5)).toEqual([]);
    // At an earlier iteration the film goes on to those after it.
    const [earlier] = seriesAt(readings, 0, 1);
    expect(earlier?.history).toHaveLength(1);
    expect(earlier?.film.map((one) => one?.kind === 'image' && one.data[0])).toEqual([
      2,
      false,
      4,
      false,
    ]);
  });
});
