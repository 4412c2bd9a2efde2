/** How a number of a cell becomes a colour, and what is legible on it. */
import { colourScale, finiteRange, scaleGradient } from '../../charts/colourScale.ts';
import type { Bytes3 } from '../../charts/viridis.ts';
import type { Measured } from './cells.ts';

/** Colours of a sweep's cells, and their legend. */
export interface CellColours {
  /** Ground of the cell, and the words on it, as CSS; null where its value has no colour. */
  readonly of: (key: string) => { readonly ground: string; readonly ink: string } | null;
  /** Ends of the legend, where there are two different ones. */
  readonly ends: readonly [low: number, high: number] | null;
  readonly gradient: string;
  readonly log: boolean;
}

const css = (rgb: Bytes3): string => `rgb(${rgb.join(' ')})`;

/** Relative luminance, from 0 to 1 (WCAG 2). */
function luminance(rgb: Bytes3): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Where black and white are as far from a ground. */
const MIDDLE = 0.179;

/** From such a factor between the ends of a scale on, it is logarithmic whatever it is of. */
const WIDE = 10;

/** A sequential scale over the values that count; logarithmic where the quantity is and all are above zero. */
export function cellColours({ counted, values, kind }: Measured): CellColours {
  const used = counted.flatMap(({ key }) => values.get(key) ?? []);
  // One slow solver would leave all others the same colour.
  const wide = Math.max(...used) > WIDE * Math.min(...used);
  const log = (kind.log || wide) && used.every((value) => value > 0);
  const place = (value: number): number => (log ? Math.log10(value) : value);
  const [low, high] = finiteRange(used.map(place));
  const scale = colourScale('sequential', [low, high], '');
  const coloured = new Set(counted.map(({ key }) => key));
  return {
    of: (key) => {
      const value = values.get(key);
      if (value === undefined || !coloured.has(key)) return null;
      const rgb = scale.colour(place(value));
      return { ground: css(rgb), ink: luminance(rgb) > MIDDLE ? '#000' : '#fff' };
    },
    ends: high > low ? [Math.min(...used), Math.max(...used)] : null,
    gradient: scaleGradient(scale),
    log,
  };
}
