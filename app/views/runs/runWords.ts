/** What a run ended with, in a few words. */
import type { RunHead, RunMetric } from '../../../src/runs/run.ts';
import { formatBytes, formatMilliseconds, formatResidual, plural } from '../../format.ts';
import { formatLoss, formatSpan } from '../train/trainFormat.ts';

const statuses: Readonly<Record<string, string>> = {
  converged: 'converged',
  'max-iterations': 'stopped at its limit',
  stalled: 'stalled',
  diverged: 'diverged',
  nonfinite: 'not a finite number',
  // It may have been interrupted since, or go on in another tab.
  running: 'running when last kept',
  paused: 'paused',
  finished: 'finished',
  stopped: 'stopped',
  failed: 'failed',
};

/** Whether it ended as one would wish, and with which sign. Never by colour alone: the words say it too. */
export const outcomeOf = ({ status }: RunHead): 'good' | 'warn' | 'neutral' => {
  if (status === 'converged' || status === 'finished') return 'good';
  return ['diverged', 'nonfinite', 'failed', 'stalled', 'max-iterations'].includes(status)
    ? 'warn'
    : 'neutral';
};

/** How it ended. What a newer page wrote is shown as it stands. */
export const endWords = ({ status }: RunHead): string =>
  Object.hasOwn(statuses, status) ? (statuses[status] ?? status) : status;

/** The same, with which of the two solves it was. */
export const statusWords = (head: RunHead): string =>
  head.pass === 'backward' ? `adjoint ${endWords(head)}` : endWords(head);

/** Its most telling numbers, two or three. */
export function metricWords({ kind, metrics }: RunHead): string {
  const of = (name: string): RunMetric | undefined =>
    Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  const [rel, evaluations, perIteration, peak] = [
    of('rel'),
    of('evaluations'),
    of('msPerIteration'),
    of('peakBytes') ?? of('stepBytes'),
  ];
  if (kind === 'solve') {
    return [
      rel && `residual ${formatResidual(rel.value)}`,
      evaluations && plural(evaluations.value, 'evaluation'),
      perIteration && `${formatMilliseconds(perIteration.value)} an iteration`,
      peak && formatBytes(peak.value),
    ]
      .filter((part) => part !== undefined)
      .join(' · ');
  }
  const [steps, validation, loss, time] = [
    of('steps'),
    of('validation'),
    of('loss'),
    of('milliseconds'),
  ];
  return [
    validation
      ? `validation ${formatLoss(validation.value)} ${validation.unit}`
      : loss && `loss ${formatLoss(loss.value)} ${loss.unit}`,
    steps && plural(steps.value, 'step'),
    time && formatSpan(time.value / 1000),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** The day and the minute, as the visitor's language writes them. */
export const dateWords = (savedAt: number): string => dates.format(savedAt);

const dates = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
