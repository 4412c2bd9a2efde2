/** A text and steps of a run, for tests. */
import { languageLoss } from '../../src/families/language/loss.ts';
import type { CorpusReport, TrainRecord } from '../../src/engine/protocol/protocol.ts';

/** One step with plausible numbers. */
export const record = (step: number, more: Partial<TrainRecord> = {}): TrainRecord => ({
  network: 'deq',
  step,
  status: 'ok',
  examples: step * 128,
  loss: 4 - step / 100,
  gradientNorm: 0.5,
  learningRate: 1e-3,
  forwardEvaluations: 9,
  backwardEvaluations: 8,
  evaluations: step * 17,
  residual: 0.02,
  forwardStatus: 'converged',
  milliseconds: 40,
  seconds: step * 0.04,
  peakBytes: 2e6,
  ...more,
});

/** A short text. */
export const corpus: CorpusReport = {
  characters: 1000,
  lines: 10,
  distinctCharacters: 30,
  vocabulary: 64,
  trainTokens: 900,
  validationTokens: 100,
  charactersPerToken: { train: 1, heldOut: 1 },
  unknown: { train: 0, heldOut: 0 },
  preview: ['a'],
  uniform: Math.log(64),
  unigram: 3,
  parameters: 14_200,
  embedding: 8_662,
};

/** The loss of a model of that text. */
export const textLoss = languageLoss(corpus);
