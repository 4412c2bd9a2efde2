import { sameDevice, type RunHead, type RunMetric } from '../../../src/runs/run.ts';
import { formatCount, formatMilliseconds, formatPeak, formatResidual } from '../../format.ts';
import { spacedName } from './words.ts';

/** How a difference from the baseline is told. */
type DeltaKind = 'decades' | 'absolute' | 'percent';

/** A metric as the page writes and compares it. */
export interface MetricKind {
  /** What it is called in a head, a choice and an axis. */
  readonly label: string;
  readonly format: (value: number) => string;
  readonly delta: DeltaKind;
  /** The curve whose definition says whether two of it may be compared; absent: they always may. */
  readonly like?: string;
  /** Whether it says something of the device too. */
  readonly timed?: boolean;
  /** Whether an axis of it is logarithmic. */
  readonly log: boolean;
}

/** A loss, with the digits in which trained models differ. */
export const formatLoss = (value: number): string =>
  Number.isFinite(value) ? value.toPrecision(4).replace('-', '−') : formatResidual(value);

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
const count = (value: number): string =>
  Number.isFinite(value) ? formatCount(Math.round(value)) : formatResidual(value);

const timed = { format: formatMilliseconds, delta: 'percent', timed: true, log: true } as const;
const counted = { format: count, delta: 'percent', log: false } as const;
const heldOut = { format: formatLoss, delta: 'absolute', like: 'validation', log: false } as const;
const residual = { format: formatResidual, delta: 'decades', log: true } as const;

const kinds: Readonly<Record<string, MetricKind>> = {
  rel: { label: 'relative residual', like: 'rel', ...residual },
  abs: { label: 'absolute residual', like: 'abs', ...residual },
  loss: { label: 'training loss', ...heldOut, like: 'loss' },
  validation: { label: 'held-out loss', ...heldOut },
  bestValidation: { label: 'best held-out loss', ...heldOut },
  bitsPerCharacter: { label: 'bits a character', ...heldOut },
  accuracy: { label: 'accuracy', ...heldOut, format: share },
  evaluations: { label: 'evaluations of f', ...counted },
  iterations: { label: 'iterations', ...counted },
  steps: { label: 'steps', ...counted },
  milliseconds: { label: 'time', ...timed },
  msPerIteration: { label: 'time an iteration', ...timed },
  msPerStep: { label: 'time a step', ...timed },
  peakBytes: { label: 'peak memory', format: formatPeak, delta: 'percent', log: true },
  stepBytes: {
    label: 'memory of a training step, by the law',
    format: formatPeak,
    delta: 'percent',
    log: true,
  },
  examplesPerSecond: { label: 'per second', ...counted, timed: true },
};

/** How a metric is written and compared; one the page doesn't know by what it is measured in. */
export function metricKind(name: string, unit = ''): MetricKind {
  const known = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (known) return known;
  const label = spacedName(name);
  if (unit === 'bytes') return { label, format: formatPeak, delta: 'percent', log: true };
  if (unit === 'ms') return { label, ...timed };
  return { label, format: formatLoss, delta: 'percent', log: false };
}

/** A run's number, by the first of those names that it has. */
export function metricOf(
  run: RunHead,
  names: readonly string[],
): (RunMetric & { readonly name: string }) | null {
  for (const name of names) {
    const metric = Object.hasOwn(run.metrics, name) ? run.metrics[name] : undefined;
    if (metric) return { ...metric, name };
  }
  return null;
}

const definitionOf = (run: RunHead, curve: string): string | undefined =>
  run.curves.find(({ name }) => name === curve)?.definition;

/** Whether two runs' numbers of that name mean the same; times may still be those of different devices. */
export function metricsCompare(name: string, a: RunHead, b: RunHead): boolean {
  if (a.kind !== b.kind) return false;
  const { like } = metricKind(name);
  return like === undefined || definitionOf(a, like) === definitionOf(b, like);
}

/** A difference from the baseline, in signs and in words. */
export interface Delta {
  /** `▼ −37 %`. */
  readonly text: string;
  /** `37 % lower than the baseline, better`. */
  readonly words: string;
  readonly verdict: 'better' | 'worse' | 'same';
}

const same: Delta = { text: '=', words: 'as the baseline', verdict: 'same' };

/** How a run's metric differs from the baseline's; null where nothing can be said. */
export function deltaOf(run: RunHead, baseline: RunHead | null, name: string): Delta | null {
  if (!baseline || baseline.id === run.id || !metricsCompare(name, run, baseline)) return null;
  const [mine, its] = [metricOf(run, [name]), metricOf(baseline, [name])];
  if (!mine || !its) return null;
  const { delta, timed: ofDevice = false, format } = metricKind(name, mine.unit);
  if (ofDevice && !sameDevice(run.device, baseline.device)) return null;
  if (!Number.isFinite(mine.value) || !Number.isFinite(its.value)) return null;
  if (mine.value === its.value) return same;
  const lower = mine.value < its.value;
  const size = difference(delta, mine.value, its.value, format);
  if (size === null) return null;
  const verdict = lower === (mine.better === 'lower') ? 'better' : 'worse';
  return {
    text: `${lower ? '▼ −' : '▲ +'}${size}`,
    words: `${size} ${lower ? 'lower' : 'higher'} than the baseline, ${verdict}`,
    verdict,
  };
}

function difference(
  kind: DeltaKind,
  value: number,
  base: number,
  format: (value: number) => string,
): string | null {
  if (kind === 'absolute') return format(Math.abs(value - base));
  if (kind === 'decades') {
    if (value <= 0 || base <= 0) return null;
    const decades = Math.abs(Math.log10(value / base));
    return `${decades < 0.95 ? decades.toFixed(2) : decades.toFixed(1)} dec`;
  }
  if (base === 0) return null;
  const percent = 100 * Math.abs(value / base - 1);
  return `${percent < 9.95 ? percent.toFixed(1) : formatCount(Math.round(percent))} %`;
}
