import type { NumberField } from '../../../src/schema/field.ts';
import { formatPower } from '../../format.ts';

/** How a slider's positions, whole numbers from 0 to `last`, map to a field's values and back. */
export interface NumberScale {
  readonly last: number;
  readonly toPosition: (value: number) => number;
  readonly toValue: (position: number) => number;
  readonly show: (value: number) => string;
}

const MANTISSAS = [1, 2, 5] as const;

/** Positions 1, 2, 5 in every decade: values a person would pick. */
function decadeScale({ min, max }: NumberField): NumberScale {
  const first = Math.round(Math.log10(min));
  const decades = Math.round(Math.log10(max)) - first;
  const toValue = (position: number): number =>
    Number(`${String(MANTISSAS[position % 3] ?? 1)}e${String(first + Math.floor(position / 3))}`);
  const positions = Array.from({ length: 3 * decades + 1 }, (_, index) => index);
  return {
    last: 3 * decades,
    toValue,
    toPosition: (value) => {
      const gap = (position: number): number =>
        Math.abs(Math.log10(toValue(position)) - Math.log10(value));
      return positions.reduce((best, position) => (gap(position) < gap(best) ? position : best));
    },
    show: formatPower,
  };
}

function linearScale({ min, max, step }: NumberField): NumberScale {
  const size = step > 0 ? step : (max - min) / 1000;
  return {
    last: Math.round((max - min) / size),
    toPosition: (value) => Math.round((value - min) / size),
    // Twelve digits drop what floating-point arithmetic leaves behind, as in 0.1 + 0.05.
    toValue: (position) => Math.min(max, Number((min + position * size).toPrecision(12))),
    show: String,
  };
}

/** The slider scale of a number field. */
export const numberScale = (field: NumberField): NumberScale =>
  field.scale === 'log' ? decadeScale(field) : linearScale(field);
