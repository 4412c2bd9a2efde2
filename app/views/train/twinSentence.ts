import type { TrainRecord } from '../../../src/engine/protocol/protocol.ts';
import { capital } from '../../format.ts';
import { formatLoss, formatShare } from './trainFormat.ts';

/**
 * How the DEQ and its twin compare, from records at the same point of training; `unit` is that of the loss, `measured` what
 * validation is of.
 */
export function twinSentence(
  deq: TrainRecord,
  twin: TrainRecord,
  { unit, measured }: { readonly unit: string; readonly measured: string },
): string {
  const parts: string[] = [];
  if (deq.validation !== undefined && twin.validation !== undefined) {
    const gap = deq.validation - twin.validation;
    parts.push(
      Math.abs(gap) < 0.0005
        ? `The DEQ’s loss on ${measured} is that of its twin`
        : `The DEQ’s loss on ${measured} is ${formatLoss(Math.abs(gap))} ${unit} ${gap < 0 ? 'below' : 'above'} its twin’s`,
    );
  }
  parts.push(`it took ${times(deq.seconds, twin.seconds)} the time`);
  parts.push(`${times(deq.evaluations, twin.evaluations)} the evaluations`);
  parts.push(`${times(deq.peakBytes, twin.peakBytes)} the memory`);
  const [first = '', ...rest] = parts;
  const sentence = `${first}; ${rest.slice(0, -1).join(', ')}${rest.length > 1 ? ' and ' : ''}${rest.at(-1) ?? ''}.`;
  return capital(sentence);
}

function times(mine: number, other: number): string {
  const ratio = mine / other;
  if (!Number.isFinite(ratio) || ratio <= 0) return '—';
  return ratio < 0.995 ? formatShare(ratio) + ' of' : `${ratio.toFixed(ratio < 10 ? 1 : 0)} times`;
}
