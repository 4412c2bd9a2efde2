import { describe, expect, it } from 'vitest';
import { lossPicture } from './charts/lossPicture.ts';
import { presetExperiment } from '../../../src/schema/experiment.ts';
import { record, textLoss } from '../../../test/app/fakeRecords.ts';
import {
  formatAge,
  formatClock,
  formatCompact,
  formatMetric,
  formatShare,
  formatSpan,
} from './trainFormat.ts';
import { measuredOf } from '../../store/train/trainText.ts';
import { healthSummary, keptSentence, limitShare, lossSummary, whereFrom } from './trainWords.ts';
import { twinSentence } from './twinSentence.ts';

describe('words of training', () => {
  it('say what a kept run is of, where that is not on screen', () => {
    const [text, other] = [presetExperiment('char-transformer'), presetExperiment('contraction')];
    const digit = presetExperiment('monotone-digit');
    expect(whereFrom(text, text)).toBeNull();
    expect(whereFrom(other, text)).toMatch(/^“[^”]+”$/);
    expect(whereFrom(digit, text)).toBe('“Unique, and yet out of reach” (Monotone network)');
  });

  it('say of a run that another visit left what was kept, not where it stopped', () => {
    const entry = { experiment: presetExperiment('contraction'), step: 1200, steps: 2000 };
    const sentence = keptSentence(entry, entry.experiment, 120_000);
    expect(sentence).toBe(
      'A run was last kept 2 minutes ago, at step 1\u202f200 of 2\u202f000. Resume goes on from there.',
    );
    expect(keptSentence(entry, presetExperiment('memory'), 0)).toMatch(
      /^A run of “[^”]+” was last kept a moment ago, at step/,
    );
  });

  it('sum the loss up', () => {
    const deq = [record(1), record(50, { validation: 3.6 })];
    expect(lossSummary({ deq, twin: [] }, 1000, textLoss, 'held-out text')).toBe(
      'After 50 of 1\u202f000 steps the training loss went from 3.990 to 3.500 nats; on held-out text it is 3.600, 0.559 below guessing evenly.',
    );
    expect(lossSummary({ deq: [], twin: [] }, 1000, textLoss, 'held-out text')).toContain('4.159');
  });

  it('have a metric in as many decimals as its unit deserves', () => {
    const shown = ['', 'dB', 'nats'].map((unit) => formatMetric(0.12345, unit));
    expect(shown).toEqual(['12.3 %', '0.1', '0.123']);
    expect(['', 'dB'].map((unit) => formatMetric(NaN, unit))).toEqual(['NaN', 'NaN']);
    expect(formatMetric(undefined, 'dB')).toBe('—');
  });

  it('call nothing held out that is not', () => {
    const of = (name: 'train-picture' | 'char-transformer') =>
      measuredOf({ run: null, experiment: presetExperiment(name) });
    expect(of('train-picture')).toBe('the whole picture');
    expect(of('char-transformer')).toBe('held-out text');
  });

  it('say where solves take over from an unrolled layer', () => {
    const { residual, ...explicit } = record(1);
    const deq = [explicit, { ...explicit, step: 2 }, record(3), record(4)];
    const look = { axis: 'steps', log: false, smoothing: 0 } as const;
    const turnOf = (records: typeof deq) =>
      lossPicture({ deq: records, twin: [] }, undefined, look).turn;
    expect(residual).toBeDefined();
    expect(turnOf(deq)).toEqual({ at: 3, label: 'solved from here' });
    expect(lossSummary({ deq, twin: [] }, 10, undefined, 'held-out shapes')).toContain(
      'Until step 2 the layer was unrolled, then solved.',
    );
    // Neither while all were explicit, nor where all were solved.
    expect(turnOf(deq.slice(0, 2))).toBeUndefined();
    expect(turnOf(deq.slice(2))).toBeUndefined();
  });

  it('do not keep quiet about numbers that blew up', () => {
    const deq = [record(1), record(2, { status: 'nonfinite', loss: NaN })];
    expect(lossSummary({ deq, twin: [] }, 10, undefined, 'held-out text')).toContain('At step 2');
    expect(
      lossPicture({ deq, twin: [] }, undefined, { axis: 'steps', log: false, smoothing: 0 }).marks,
    ).toEqual([2]);
  });

  it('count the steps that hit the limit', () => {
    expect(limitShare([], 20)).toBeNull();
    expect(limitShare([record(1), record(2, { forwardStatus: 'max-iterations' })], 20)).toBe(0.5);
    expect(limitShare([record(1), record(2, { backwardStatus: 'max-iterations' })], 20)).toBe(0.5);
    // Those of long ago don't count.
    const old = Array.from({ length: 100 }, () => record(1, { forwardStatus: 'max-iterations' }));
    expect(limitShare([...old, ...Array.from({ length: 100 }, () => record(2))], 20)).toBe(0);
    // A training that evaluates once a step solves nothing that could stop short.
    expect(limitShare(old, 1)).toBeNull();
    expect(healthSummary({ deq: [record(3)], twin: [] })).toBe(
      'Step 3: 9 evaluations forward, 8 backward, ending at residual 2.0e-2.',
    );
  });

  it('compare the twins', () => {
    const twin = record(5, {
      network: 'twin',
      validation: 3.5,
      seconds: 0.1,
      evaluations: 50,
      peakBytes: 8e6,
    });
    expect(
      twinSentence(record(5, { validation: 3.54 }), twin, {
        ...{ unit: 'nats', measured: 'held-out text' },
      }),
    ).toBe(
      'The DEQ’s loss on held-out text is 0.040 nats above its twin’s; it took 2.0 times the time, 1.7 times the evaluations and 25 % of the memory.',
    );
  });
});

describe('numbers of training', () => {
  it('are short and honest', () => {
    expect([42, 250, 3900].map(formatSpan)).toEqual(['42 s', '4 min 10 s', '1 h 5 min']);
    expect(formatSpan(null)).toBe('—');
    expect([950, 12_000, 3_400_000].map(formatCompact)).toEqual(['950', '12k', '3.4M']);
    expect([4.5, 125].map(formatClock)).toEqual(['4.5 s', '2:05']);
    expect([0, 0.004, 0.5, 0.999, 1].map(formatShare)).toEqual([
      '0 %',
      'under 1 %',
      '50 %',
      'over 99 %',
      '100 %',
    ]);
    expect([5_000, 12 * 60_000, 3 * 3_600_000, 72 * 3_600_000].map(formatAge)).toEqual([
      'a moment',
      '12 minutes',
      '3 hours',
      '3 days',
    ]);
  });
});
