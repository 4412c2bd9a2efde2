/**
 * Trains a DEQ on Moby-Dick from the same weights on the same batches with each backward pass that can follow a solve by
 * Broyden's method: `node scripts/run.mjs scripts/compareBackward.ts`. Prints the table of docs/performance.md.
 * `STEPS`, `SEEDS` and `VARIANTS` choose less.
 */
import type { TrainRecord } from '../src/engine/protocol/protocol.ts';
import type { FieldPath } from '../src/schema/fields.ts';
import { experimentWith, mobyDick, never, startNodeEngine } from './nodeTraining.ts';

const variants: Readonly<Record<string, Partial<Record<FieldPath, unknown>>>> = {
  plain: { 'backward.seeded': false },
  seeded: { 'backward.seeded': true },
  shine: { 'backward.method': 'shine' },
  'one-step': { 'backward.method': 'one-step' },
};

const steps = Number(process.env['STEPS'] ?? 1000);
const seeds = (process.env['SEEDS'] ?? '1,2,3').split(',').map(Number);
const chosen = process.env['VARIANTS']?.split(',') ?? Object.keys(variants);
let records: TrainRecord[] = [];
const engine = await startNodeEngine((record) => records.push(record));
const text = await mobyDick();
const median = (of: (record: TrainRecord) => number | undefined): number =>
  records
    .map(of)
    .filter((value) => value !== undefined)
    .sort((a, b) => a - b)
    .at(Math.floor(records.length / 2)) ?? NaN;
const mean = (of: (record: TrainRecord) => number | undefined): string =>
  (records.reduce((sum, record) => sum + (of(record) ?? 0), 0) / records.length).toFixed(2);

console.log(
  '| seed | backward | held-out | training | f | Jᵀ | ms a step | adjoint at its limit |',
);
console.log(
  '| ---- | -------- | -------- | -------- | - | -- | --------- | -------------------- |',
);
for (const seed of seeds)
  for (const variant of chosen) {
    records = [];
    const experiment = experimentWith('char-transformer', {
      'random.seed': seed,
      'solver.method': 'broyden',
      'backward.solver': 'broyden',
      'train.steps': steps,
      'train.validateEvery': steps,
      'train.spectrumEvery': 0,
      ...variants[variant],
    });
    await engine.openTraining(never, experiment, text);
    await engine.train(never);
    const { validation } = records.findLast((record) => record.validation !== undefined) ?? {};
    const last = records.slice(-100);
    const limited = records.filter(({ backwardStatus }) => backwardStatus === 'max-iterations');
    const cells = [
      validation?.toFixed(3) ?? '',
      (last.reduce((sum, { loss }) => sum + loss, 0) / last.length).toFixed(3),
      mean((record) => record.forwardEvaluations),
      mean((record) => record.backwardEvaluations),
      median((record) => record.milliseconds).toFixed(1),
      `${((100 * limited.length) / records.length).toFixed(1)} %`,
    ];
    console.log(`| ${[seed, variant, ...cells].join(' | ')} |`);
  }
