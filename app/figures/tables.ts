import { positionOf } from '../charts/curves.ts';
import { chartFrame } from '../charts/frame.ts';
import type { ChartPoint } from '../charts/series.ts';
import type { Cell, FigureTable } from './figure.ts';
import type { DataOf, FigureData } from './figureData.ts';
import { observationTable } from './observationTable.ts';

const xNames = {
  iteration: 'iterations',
  evaluations: 'evaluations of f',
  milliseconds: 'time, ms',
} as const;

/** The numbers that each kind of chart draws. */
const tables: { readonly [K in FigureData['kind']]: (data: DataOf<K>) => FigureTable } = {
  residuals: ({ chart, name, behind: behindName = 'behind', predicted }) => {
    const { measure, axis, tolerance, from = 0 } = chart;
    const { points, behind, lines, batched, x, y } = chartFrame(chart);
    const own = points.filter(({ record }) => record.iteration >= from);
    // Zeros and values that are no numbers as they are, not as the axis can show them.
    const rows = (line: string, some: readonly ChartPoint[], pair: boolean): Cell[][] =>
      some.map((point) => [
        line,
        point.x,
        point.exact,
        ...(batched ? [pair ? point.median : null] : []),
        point.record.event ?? null,
      ]);
    const filler: Cell[] = batched ? [null, null] : [null];
    const [start] = own;
    const expected = start && predicted?.({ x: start.x, y: start.exact }, x.end, y.range[0]);
    return {
      columns: [
        'line',
        xNames[axis],
        `${measure === 'rel' ? 'relative' : 'absolute'} residual${batched ? ', worst sample' : ''}`,
        ...(batched ? ['median sample'] : []),
        'event',
      ],
      rows: [
        ...rows(name, own, true),
        ...rows(behindName, behind, false),
        ...lines.flatMap((line) => rows(line.name, line.points, false)),
        ...(expected ?? []).map((at): Cell[] => [
          'predicted, plain iteration',
          at.x,
          at.y,
          ...filler,
        ]),
        ...(tolerance === null ? [] : [['tolerance', null, tolerance, ...filler]]),
      ],
    };
  },

  stream: ({ picture, xLabel, yLabel }) => ({
    columns: ['line', xLabel, yLabel],
    rows: [
      ...picture.lines.flatMap(({ label, points }) =>
        points.x.map((x, index): Cell[] => [label, x, points.y[index] ?? null]),
      ),
      ...picture.references
        .filter(({ label }) => label !== '')
        .map(({ label, value }): Cell[] => [label, null, value]),
      ...picture.marks.map((x): Cell[] => ['no finite number', x, NaN]),
    ],
  }),

  memory: ({ bars }) => ({
    columns: [
      'network',
      'weights and optimizer, bytes',
      'saved activations, bytes',
      'forward solver, bytes',
      'backward solver, bytes',
      'transient, bytes',
      'peak, bytes',
      'analytic peak, bytes',
      'measured or predicted',
    ],
    rows: bars.map(({ name, parts, peak, analytic, measured }) => [
      name,
      parts.weights,
      parts.activations,
      parts.forwardHistory,
      parts.backwardHistory,
      parts.transient,
      peak,
      analytic,
      measured ? 'measured' : 'predicted',
    ]),
  }),

  points: ({ series, xLabel, yLabel }) => ({
    columns: ['series', xLabel, yLabel, 'point'],
    // Marks on a line have no name of their own.
    rows: series.flatMap(({ name, points }, index) =>
      points.map(({ x, y, title }): Cell[] => [
        name === '' ? `${series[index - 1]?.name ?? ''} (marks)` : name,
        x,
        y,
        title,
      ]),
    ),
  }),

  eigenvalues: ({ values, moved, beta }) => ({
    columns: [
      'real part of λ',
      'imaginary part of λ',
      ...(moved.length > 0
        ? [`real part of 1 − β + βλ, β = ${String(beta)}`, 'imaginary part of 1 − β + βλ']
        : []),
    ],
    rows: values.map((value, index) => [...value, ...(moved[index] ?? [])]),
  }),

  map: ({ picture, start }) => {
    const { rows, columnBin, last } = picture;
    const columns = Math.floor(last / columnBin) + 1;
    return {
      columns: [
        'position',
        picture.kind,
        'iterations to tolerance',
        ...Array.from(
          { length: columns },
          (_, index) => `relative residual at iteration ${String(index * columnBin + start)}`,
        ),
      ],
      rows: rows.map(({ tokens, name, reached, relative }) => [
        (tokens[0] ?? 0) + 1,
        name,
        reached,
        ...relative.slice(0, columns),
      ]),
    };
  },

  trajectory: ({ report: { trajectory, field }, start, axes }) => ({
    columns: [
      'what',
      'iteration',
      ...axes,
      ...(field ? ['f(z) − z, first', 'f(z) − z, second'] : []),
    ],
    rows: [
      ...trajectory.points.map((point, k): Cell[] => [
        ...['iterate', k + start, ...point],
        ...(field ? [null, null] : []),
      ]),
      ...(field?.ys ?? []).flatMap((down, row) =>
        (field?.xs ?? []).map((across, column): Cell[] => [
          'field',
          null,
          across,
          down,
          ...(field?.arrows[row]?.[column] ?? []),
        ]),
      ),
    ],
  }),

  film: ({ film, part, plane, start, what, values }) => ({
    columns: ['iteration', 'plane', 'row', 'column', `${part.name}, ${what}`],
    rows: film.iterations.flatMap((iteration, frame) =>
      Array.from(values(frame), (value, at): Cell[] => [
        iteration + start,
        plane * part.every.planes + 1,
        Math.floor(at / part.columns) * part.every.rows + 1,
        (at % part.columns) * part.every.columns + 1,
        value,
      ]),
    ),
  }),

  bars: ({ label, bars }) => ({
    columns: ['name', label],
    rows: bars.map(({ name, value }) => [name, value]),
  }),

  curves: ({ curves, sketch, tolerance }) => ({
    columns: ['curve', sketch.unit, sketch.quantity],
    rows: [
      ...curves.flatMap((curve) =>
        curve.values.map((value, index): Cell[] => [
          curve.label,
          positionOf(curve, index, sketch.fromZero),
          value,
        ]),
      ),
      ...(tolerance === undefined ? [] : [['tolerance', null, tolerance]]),
    ],
  }),

  observation: observationTable,
};

/** The table of what a chart draws. */
export function tableOf<K extends FigureData['kind']>(data: DataOf<K>): FigureTable {
  const make = tables[data.kind] as (data: DataOf<K>) => FigureTable;
  return make(data);
}
