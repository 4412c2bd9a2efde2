import type { CurveObservation } from '../../src/families/observation.ts';
import { finiteRange } from '../charts/colourScale.ts';
import { formatFigure } from './formatFigure.ts';

/** The path of a curve; where a value is not finite it breaks off, and goes on after it. */
export function curvePath(
  { x, y }: Pick<CurveObservation, 'x' | 'y'>,
  along: (value: number) => number,
  up: (value: number) => number,
): string {
  let pen = 'M';
  let path = '';
  x.forEach((at, index) => {
    const value = y[index] ?? NaN;
    if (!Number.isFinite(at) || !Number.isFinite(value)) {
      pen = 'M';
      return;
    }
    path += `${pen}${along(at).toFixed(1)} ${up(value).toFixed(1)}`;
    pen = 'L';
  });
  return path;
}

/** A curve in one sentence: where it begins, where it stands, and how far it went between. */
export function curveWords({ name, x, y, xName, unit }: CurveObservation): string {
  if (y.length === 0) return `${name}: nothing yet.`;
  const of = (value: number): string => `${formatFigure(value)}${unit === '' ? '' : ` ${unit}`}`;
  const [low, high] = finiteRange(y);
  const place = (index: number): string => formatFigure(x[index] ?? NaN);
  const last = y.length - 1;
  return (
    `${name}: ${of(y[0] ?? NaN)} at ${xName} ${place(0)}, ${of(y[last] ?? NaN)} at ${place(last)}; ` +
    `between ${of(low)} and ${of(high)}.`
  );
}
