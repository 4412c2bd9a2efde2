import type { RunAxis } from '../../../src/runs/run.ts';
import { capital, formatCount, formatMilliseconds } from '../../format.ts';

const curveLabels: Readonly<Record<string, string>> = {
  rel: 'Relative residual',
  abs: 'Absolute residual',
  loss: 'Training loss',
  validation: 'Held-out loss',
  forwardEvaluations: 'Evaluations a forward solve',
  gradientNorm: 'Gradient norm',
};

/** What a curve is called in choices and captions. */
export function curveLabel(name: string): string {
  const known = curveLabels[name];
  if (known !== undefined) return known;
  const [first = '', ...rest] = name.split('.');
  if (first === 'twin' && rest.length > 0) return `${curveLabel(rest.join('.'))}, twin`;
  if (first === 'heldOut' && rest.length > 0)
    return `Held-out ${curveLabel(rest.join('.')).toLowerCase()}`;
  return capital(spacedName(name));
}

/** A name of the code's as words: `msPerStep` → "ms per step". */
export const spacedName = (name: string): string =>
  name
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

/** What an axis counts, as a choice and below a chart. */
export const axisLabels: Readonly<
  Record<RunAxis, { readonly short: string; readonly long: string }>
> = {
  iteration: { short: 'iterations', long: 'iteration' },
  evaluations: { short: 'evaluations', long: 'evaluations of f' },
  milliseconds: { short: 'time', long: 'milliseconds' },
  step: { short: 'steps', long: 'training step' },
  examples: { short: 'examples', long: 'examples seen' },
};

/** A place on an axis in words. */
export const axisValue = (axis: RunAxis, x: number): string =>
  axis === 'milliseconds' ? formatMilliseconds(x) : formatCount(Math.round(x));
