import { describe, expect, it } from 'vitest';
import type { OfParts, SampledToken } from '../../../../src/engine/protocol/protocol.ts';
import { languageLoss } from '../../../../src/families/language/loss.ts';
import { corpus, record } from '../../../../test/app/fakeRecords.ts';
import { shadeColour, shadeRange } from '../../../pictures/tokens/shades.ts';
import { newestLoss } from '../../../views/train/trainWords.ts';
import { effortSentence, embeddingSentence, partFacts, savingSentence } from './words.ts';

describe('words on a text and what is written', () => {
  it('say what a warm start saves, where it was measured', () => {
    const token = (evaluations: number, coldEvaluations?: number): SampledToken => ({
      text: 'a',
      probability: 0.5,
      evaluations,
      ...{ status: 'converged', otherEvaluations: 0, positions: 1 },
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

  it('say what a sample cost with all that was solved beside it, and over what', () => {
    const token = (otherEvaluations: number, positions: number): SampledToken => ({
      ...{ text: 'a', probability: 0.5, evaluations: 6, status: 'converged', top: [] },
      ...{ otherEvaluations, positions },
    });
    expect(effortSentence([])).toBeNull();
    expect(effortSentence([token(20, 1), token(0, 1)])).toBe(
      '16.0 evaluations a token with the prompt and moves of the window, each of one position: earlier equilibria are kept.',
    );
    expect(effortSentence([token(0, 64)])).toContain('6.0 evaluations');
    expect(effortSentence([token(0, 64)])).toContain('each of all 64 positions of the window.');
  });

  it('tell how much of the model is embeddings', () => {
    expect(embeddingSentence(corpus)).toBe('61 % of 14\u202f200 parameters are embeddings.');
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
    const held = newestLoss(
      { deq: [record(1, { validation: 3 }), record(2)], twin: [] },
      'held-out text',
    );
    expect(held).toEqual({ loss: 3, part: 'heldOut', of: 'of held-out text' });
    expect(3 * bits[held.part]).toBeCloseTo(3 / Math.LN2 / 2, 12);
    const batch = newestLoss({ deq: [record(1, { loss: 4 })], twin: [] }, 'held-out text');
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
