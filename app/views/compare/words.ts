import type { RunAxis, RunHead } from '../../../src/runs/run.ts';
import { formatCount, formatMilliseconds } from '../../format.ts';

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
  if (first === 'twin' && rest.length > 0) return `${curveLabel(rest.join('.'))}, explicit twin`;
  if (first === 'heldOut' && rest.length > 0)
    return `Held-out ${curveLabel(rest.join('.')).toLowerCase()}`;
  const words = name
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

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

const statusWords: Readonly<Record<string, string>> = {
  converged: 'converged',
  'max-iterations': 'out of iterations',
  stalled: 'stalled',
  diverged: 'diverged',
  nonfinite: 'NaN or infinite',
  running: 'running',
  paused: 'paused',
  finished: 'finished',
  stopped: 'stopped',
  failed: 'failed',
};

/** How a run ended. */
export const statusOf = ({ status }: RunHead): string => statusWords[status] ?? status;
