import { describe, expect, it } from 'vitest';
import { languageLoss } from '../../../src/families/language/loss.ts';
import type { OfParts, SampledToken } from '../../../src/engine/protocol/protocol.ts';
import { lossPicture } from './charts/lossPicture.ts';
import { corpus, record, textLoss } from '../../../test/app/fakeRecords.ts';
import { shadeColour, shadeRange } from './sample/shades.ts';
import { formatAge, formatClock, formatCompact, formatShare, formatSpan } from './trainFormat.ts';
import {
  embeddingSentence,
  healthSummary,
  limitShare,
  lossSummary,
  newestLoss,
  partFacts,
  savingSentence,
  twinSentence,
} from './trainWords.ts';

describe('words of training', () => {
  it('sum the loss up', () => {
    const deq = [record(1), record(50, { validation: 3.6 })];
    expect(lossSummary({ deq, twin: [] }, 1000, textLoss, 'text')).toBe(
      'After 50 of 1\u202f000 steps the training loss went from 3.990 to 3.500 nats; on held-out text it is 3.600, 0.559 below guessing evenly.',
    );
    expect(lossSummary({ deq: [], twin: [] }, 1000, textLoss, 'text')).toContain('4.159');
  });

  it('do not keep quiet about numbers that blew up', () => {
    const deq = [record(1), record(2, { status: 'nonfinite', loss: NaN })];
    expect(lossSummary({ deq, twin: [] }, 10, undefined, 'text')).toContain('At step 2');
    expect(
      lossPicture({ deq, twin: [] }, undefined, { axis: 'steps', log: false, smoothing: 0 }).marks,
    ).toEqual([2]);
  });

  it('count the steps that hit the limit', () => {
    expect(limitShare([])).toBeNull();
    expect(limitShare([record(1), record(2, { forwardStatus: 'max-iterations' })])).toBe(0.5);
    expect(limitShare([record(1), record(2, { backwardStatus: 'max-iterations' })])).toBe(0.5);
    // Those of long ago don't count.
    const old = Array.from({ length: 100 }, () => record(1, { forwardStatus: 'max-iterations' }));
    expect(limitShare([...old, ...Array.from({ length: 100 }, () => record(2))])).toBe(0);
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
    expect(twinSentence(record(5, { validation: 3.54 }), twin)).toBe(
      'The DEQ’s held-out loss is 0.040 nats above its twin’s; it took 2.0 times the time, 1.7 times the evaluations and 25 % of the memory.',
    );
  });

  it('say what a warm start saves, where it was measured', () => {
    const token = (evaluations: number, coldEvaluations?: number): SampledToken => ({
      text: 'a',
      probability: 0.5,
      evaluations,
      status: 'converged',
      top: [],
      ...(coldEvaluations === undefined ? {} : { coldEvaluations }),
    });
    expect(savingSentence([token(4, 10), token(5)])).toBe(
      '4.5 evaluations a token; from zero it would be 10.0 (measured on every eighth token).',
    );
    expect(savingSentence([token(4)])).toBeNull();
    expect(shadeRange([token(4), token(9)], 'evaluations')).toEqual([4, 9]);
    expect(shadeColour(5, [5, 5])).toContain(' 0%');
  });

  it('tell how much of the model is embeddings', () => {
    expect(embeddingSentence(corpus)).toBe('61 % of 14\u202f200 parameters are embeddings.');
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

describe('bits per character', () => {
  const bpe = {
    ...corpus,
    charactersPerToken: { train: 2.5, heldOut: 2 },
    unknown: { train: 0, heldOut: 7 },
    validationTokens: 100,
  };

  it('take the characters a token of the text whose loss it is', () => {
    const bits = languageLoss(bpe).readings?.[1]?.convert as OfParts;
    const held = newestLoss({ deq: [record(1, { validation: 3 }), record(2)], twin: [] }, 'text');
    expect(held).toEqual({ loss: 3, part: 'heldOut', of: 'of the held-out text' });
    expect(3 * bits[held.part]).toBeCloseTo(3 / Math.LN2 / 2, 12);
    const batch = newestLoss({ deq: [record(1, { loss: 4 })], twin: [] }, 'text');
    expect(batch).toEqual({ loss: 4, part: 'train', of: 'of the newest batch' });
    expect(4 * bits[batch.part]).toBeCloseTo(4 / Math.LN2 / 2.5, 12);
  });

  it('and the facts name the part that each number is of', () => {
    expect(partFacts(bpe)).toEqual([
      ['Characters per token to learn from', '2.50'],
      ['Characters per token held out', '2.00'],
      ['Unknown in the held-out part', '7'],
    ]);
    const whole = { ...bpe, validationTokens: 0, unknown: { train: 3, heldOut: 0 } };
    expect(partFacts(whole).map(([name]) => name)).toEqual([
      'Characters per token to learn from',
      'Unknown in the part to learn from',
    ]);
  });
});
