/**
 * Trains a DEQ and its explicit twin on Moby-Dick from the same weights on the same batches, for
 * three seeds: `node scripts/run.mjs scripts/compareTwin.ts`. Prints the table of docs/training.md.
 */
import type { TrainRecord } from '../src/engine/protocol/protocol.ts';
import { experimentWith, mobyDick, never, startNodeEngine } from './nodeTraining.ts';

const steps = Number(process.env['STEPS'] ?? 1000);
const newest: Partial<Record<TrainRecord['network'], TrainRecord>> = {};
const peak = { deq: 0, twin: 0 };
const engine = await startNodeEngine((record) => {
  newest[record.network] = { ...newest[record.network], ...record };
  // Spectra and penalties are the DEQ's alone; the usual step is what is compared.
  peak[record.network] = Math.max(peak[record.network], record.peakBytes);
});
const text = await mobyDick();
console.log('| seed | network | training | validation | evaluations | peak | time |');
console.log('| ---- | ------- | -------- | ---------- | ----------- | ---- | ---- |');
for (const seed of [1, 2, 3]) {
  Object.assign(peak, { deq: 0, twin: 0 });
  const experiment = experimentWith('char-transformer', {
    'random.seed': seed,
    'solver.method': 'broyden',
    'backward.solver': 'broyden',
    'train.twin': true,
    'train.twinDepth': 12,
    'train.steps': steps,
    'train.batch': 8,
    // The table's settings: both networks cost about as many evaluations.
    'train.tolerance': 2e-2,
    'train.adjointTolerance': 2e-2,
    'train.maxIterations': 12,
    'train.adjointIterations': 12,
    'train.jacobianWeight': 0,
    'train.validateEvery': 100,
    'train.spectrumEvery': 0,
  });
  await engine.openTraining(never, experiment, text);
  await engine.train(never);
  for (const network of ['deq', 'twin'] as const) {
    const record = newest[network];
    if (!record) continue;
    const { loss, validation, evaluations, seconds } = record;
    const cells = [
      loss.toFixed(3),
      validation?.toFixed(3) ?? '',
      String(evaluations),
      `${(peak[network] / 1e6).toFixed(2)} MB`,
      `${seconds.toFixed(0)} s`,
    ];
    console.log(`| ${[seed, network, ...cells].join(' | ')} |`);
  }
}
