import type { Observation } from '../../src/families/observation.ts';
import type { Cell, FigureTable } from './figure.ts';
import type { DataOf } from './figureData.ts';

/** A grid of numbers, row-major from the upper left, cell by cell. */
const gridRows = (data: ArrayLike<number>, columns: number, channels = 1): Cell[][] =>
  Array.from({ length: data.length }, (_, at) => {
    const cell = Math.floor(at / channels);
    return [
      Math.floor(cell / columns) + 1,
      (cell % columns) + 1,
      ...(channels > 1 ? [(at % channels) + 1] : []),
      data[at] ?? NaN,
    ];
  });

type Kinds = { readonly [K in Observation['kind']]: Extract<Observation, { readonly kind: K }> };

/** The numbers in the picture of an observation; where it shows all iterations, of all. */
export function observationTable(data: DataOf<'observation'>): FigureTable {
  const { shown, history, iteration, sample } = data;
  /** The same observation at each iteration that has one; alone, at the one shown. */
  const through = <K extends Observation['kind']>(kind: K): [number, Kinds[K]][] =>
    history.length > 1
      ? history.flatMap((one, k) =>
          one?.kind === kind ? [[k, one as Kinds[K]] as [number, Kinds[K]]] : [],
        )
      : [[iteration, shown as Kinds[K]]];
  switch (shown.kind) {
    case 'tokens':
      return {
        columns: ['iteration', 'position', 'rank', 'token', 'probability'],
        rows: through('tokens').flatMap(([k, { positions }]) =>
          positions.flatMap((candidates, position) =>
            candidates.map(({ text, probability }, rank): Cell[] => [
              k,
              position + 1,
              rank + 1,
              text,
              probability,
            ]),
          ),
        ),
      };
    case 'classes': {
      const row = Math.min(sample, shown.probability.length - 1);
      return {
        columns: ['iteration', 'class', 'probability'],
        rows: through('classes').flatMap(([k, { labels, probability }]) =>
          labels.map((label, index): Cell[] => [k, label, probability[row]?.[index] ?? NaN]),
        ),
      };
    }
    case 'image': {
      const { channels, columns, data: values, reference } = shown;
      const both = gridRows(values, columns, channels);
      return {
        columns: [
          'row',
          'column',
          ...(channels > 1 ? ['channel'] : []),
          shown.name,
          ...(reference ? ['as it should be'] : []),
        ],
        rows: reference ? both.map((cells, at) => [...cells, reference[at] ?? NaN]) : both,
      };
    }
    case 'curve':
      return {
        columns: [shown.xName, shown.unit === '' ? shown.name : `${shown.name}, ${shown.unit}`],
        rows: Array.from(shown.x, (x, index): Cell[] => [x, shown.y[index] ?? NaN]),
      };
    case 'matrix':
      return { columns: ['row', 'column', shown.name], rows: gridRows(shown.data, shown.columns) };
    case 'amplitudes':
      return {
        columns: ['state', 'real part', 'imaginary part', 'probability', 'phase, radians'],
        rows: shown.labels.map((label, index) => {
          const [a, b] = [shown.re[index] ?? NaN, shown.im[index] ?? NaN];
          return [`|${label}⟩`, a, b, a * a + b * b, Math.atan2(b, a)];
        }),
      };
    case 'plane': {
      const { rows, columns, x, y, data: values, labels, points } = shown;
      const middle = (index: number, count: number, [from, to]: readonly [number, number]) =>
        from + ((index + 0.5) * (to - from)) / count;
      return {
        columns: ['what', 'x', 'y', `probability of ${labels[1]}`, 'class', 'told right'],
        rows: [
          ...Array.from(values, (value, at): Cell[] => [
            'ground',
            middle(at % columns, columns, x),
            middle(rows - 1 - Math.floor(at / columns), rows, y),
            value,
            null,
            null,
          ]),
          ...points.map((point): Cell[] => [
            'point',
            point.x,
            point.y,
            null,
            labels[point.label === 0 ? 0 : 1],
            point.right ? 'yes' : 'no',
          ]),
        ],
      };
    }
    case 'figures':
      return {
        columns: ['name', 'value', 'unit', 'note'],
        rows: shown.rows.map(({ name, value, unit, note }) => [name, value, unit, note]),
      };
  }
}
