/** What training shows, in sentences. */
import type { Settings } from '../../../src/schema/fields.ts';
import type { Baseline, Metric, TrainRecord } from '../../../src/engine/protocol/protocol.ts';
import { capital, formatCount, formatMilliseconds, formatResidual, plural } from '../../format.ts';
import type { Remedy } from '../../store/train/remedies.ts';
import type { Records } from './charts/useRecords.ts';
import type { CheckpointEntry } from '../../store/train/types.ts';
import { formatAge, formatLoss } from './trainFormat.ts';
import { familyOf } from '../../../src/families/settings.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { presets } from '../../../src/schema/presets.ts';

/** The newest record with a validation loss. */
export const newestValidated = (records: readonly TrainRecord[]): TrainRecord | undefined =>
  records.findLast(({ validation }) => validation !== undefined);

/** The loss to judge by: on held-out data where it is known, else of the newest batch. */
export function newestLoss(
  { deq }: Records,
  measured: string,
): {
  readonly loss: number | undefined;
  /** The very part whose loss it is. */
  readonly part: 'train' | 'heldOut';
  readonly of: string;
} {
  const heldOut = newestValidated(deq)?.validation;
  return heldOut === undefined
    ? { loss: deq.at(-1)?.loss, part: 'train', of: 'of the newest batch' }
    : { loss: heldOut, part: 'heldOut', of: `of ${measured}` };
}

/** The first step that solved for the fixed point, where explicit ones came before it. */
export function firstImplicit({ deq }: Records): TrainRecord | undefined {
  // An explicit pass has no residual.
  if (deq[0]?.residual !== undefined) return undefined;
  return deq.find(({ residual }) => residual !== undefined);
}

/** What the loss chart shows, in one sentence or two. `measured`: what validation is of, `held-out text`. */
export function lossSummary(
  records: Records,
  steps: number,
  loss: Metric | undefined,
  measured: string,
): string {
  const { deq } = records;
  const first = deq[0];
  const newest = deq.at(-1);
  const unit = loss?.unit ?? 'nats';
  if (!first || !newest)
    return loss ? baselineSentence(loss) : 'The curve starts with the first step.';
  const broken = deq.find(({ status }) => status !== 'ok');
  if (broken) {
    const what =
      broken.status === 'nonfinite'
        ? 'the loss or its gradient was no longer a finite number'
        : 'the loss rose far above guessing';
    return `At step ${formatCount(broken.step)} ${what} (▲); that step changed nothing.`;
  }
  const held = newestValidated(deq)?.validation;
  const guess = loss?.baselines[0];
  const heldWords =
    held === undefined
      ? ''
      : `; on ${measured} it is ${formatLoss(held)}${guess ? `, ${against(held, guess)}` : ''}`;
  const implicit = firstImplicit(records);
  const turned = implicit
    ? ` Until step ${formatCount(implicit.step - 1)} the layer was unrolled, then solved.`
    : '';
  return `After ${formatCount(newest.step)} of ${plural(steps, 'step')} the training loss went from ${formatLoss(first.loss)} to ${formatLoss(newest.loss)} ${unit}${heldWords}.${turned}`;
}

/** What those reach that a model should beat. */
function baselineSentence({ baselines, unit }: Metric): string {
  const [guess, ...others] = baselines;
  if (!guess) return 'The curve starts with the first step.';
  const who = [guess.words ?? guess.title, guess.detail].filter(Boolean).join(' ');
  const rest = others.map(({ words, title, value }) => `; ${words ?? title}, ${formatLoss(value)}`);
  const below = others.length > 0 ? 'both' : 'that';
  return `${capital(who)} costs ${formatLoss(guess.value)} ${unit}${rest.join('')}. Training should end below ${below}.`;
}

function against(loss: number, { value, words, title }: Baseline): string {
  const who = words ?? title;
  return loss <= value
    ? `${formatLoss(value - loss)} below ${who}`
    : `${formatLoss(loss - value)} above ${who}`;
}

/** Steps that the health of the solves is judged by: what is longer ago says nothing of now. */
export const RECENT = 100;

/**
 * Share of the newest steps of which a solve, forward or adjoint, stopped before its tolerance; null
 * where nothing was solved.
 */
export function limitShare(deq: readonly TrainRecord[], limit: number): number | null {
  // One evaluation is no solve that stops short: states settle over the steps.
  if (limit === 1) return null;
  const solved = deq.slice(-RECENT).filter(({ forwardStatus }) => forwardStatus !== undefined);
  if (solved.length === 0) return null;
  const hit = solved.filter(({ forwardStatus, backwardStatus = 'converged' }) =>
    [forwardStatus, backwardStatus].some((status) => status !== 'converged'),
  );
  return hit.length / solved.length;
}

/** What each remedy does for solves that stop short. */
export const remedyWords: Readonly<Record<Remedy, string>> = {
  jacobian:
    'A stronger Jacobian penalty: the layer becomes easier to solve within some fifty steps',
  rate: 'Half the learning rate: the layer changes less from step to step',
  limit:
    'Twice the iterations, forward and backward: exact gradients again at once, for more time a step',
  clip: 'Shorter gradients',
};

/** A remedy by the value it sets. */
export function remedyLabel(train: Settings['train'], remedy: Remedy): string {
  switch (remedy) {
    case 'jacobian':
      return `Penalty γ = ${String(train.jacobianWeight)}`;
    case 'rate':
      return `Learning rate ${formatResidual(train.learningRate)}`;
    case 'limit':
      return `Limit ${String(train.maxIterations)}`;
    case 'clip':
      return `Clip ${String(train.clip)}`;
  }
}

/** How the solves inside the steps go. */
export function healthSummary({ deq }: Records): string {
  const newest = deq.at(-1);
  if (!newest) return 'Each step solves forward and backward; how hard that is shows here.';
  const residual =
    newest.residual === undefined ? '' : `, ending at residual ${formatResidual(newest.residual)}`;
  const spectral = deq.findLast((record) => record.spectralRadius)?.spectralRadius;
  const radius = spectral
    ? ` ρ was ${spectral.settled ? '' : 'about '}${spectral.radius.toFixed(2)} when last estimated.`
    : '';
  return `Step ${formatCount(newest.step)}: ${plural(newest.forwardEvaluations, 'evaluation')} forward, ${formatCount(newest.backwardEvaluations)} backward${residual}.${radius}${startSentence(deq)}`;
}

/** What a start elsewhere than at zeros saves; nothing where solves start at zeros. */
function startSentence(deq: readonly TrainRecord[]): string {
  const start = deq.findLast((record) => record.start)?.start;
  if (!start) return '';
  const { evaluations, fromZeros } = start;
  return ` Held-out solves took ${evaluations.toFixed(1)} evaluations from z₀, and ${fromZeros.toFixed(1)} from zeros.`;
}

/** What a step costs. */
export function costSummary({ deq, twin }: Records): string {
  const newest = deq.at(-1);
  if (!newest) return 'Time, gradient and memory of each step show here.';
  const other = twin.at(-1);
  const twins = other ? `; the twin’s took ${formatMilliseconds(other.milliseconds)}` : '';
  return `Step ${formatCount(newest.step)} took ${formatMilliseconds(newest.milliseconds)}${twins}.`;
}

/** What a kept run is of, where that is not what the page shows: its preset, and its family where that differs. */
export function whereFrom(kept: Experiment, shown: Experiment): string | null {
  const other = kept.problem.family !== shown.problem.family;
  if (!other && kept.preset === shown.preset) return null;
  const preset = `“${presets[kept.preset].title}”`;
  return other ? `${preset} (${familyOf(kept.problem.family).title})` : preset;
}

/**
 * What is known of a run that another visit left: what was kept of it, `milliseconds` ago. Where it stopped nobody knows: it may have
 * made steps since.
 */
export function keptSentence(
  { experiment, step, steps }: Pick<CheckpointEntry, 'experiment' | 'step' | 'steps'>,
  shown: Experiment,
  milliseconds: number,
): string {
  const from = whereFrom(experiment, shown);
  return `A run${from === null ? '' : ` of ${from}`} was last kept ${formatAge(milliseconds)} ago, at step ${formatCount(step)} of ${formatCount(steps)}. Resume goes on from there.`;
}
