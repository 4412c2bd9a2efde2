/**
 * Trains the model that the page brings along (public/models/pretrained.safetensors) on Moby-Dick:
 * `node scripts/run.mjs scripts/pretrain.ts`, half an hour on two cores. The file is committed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { experimentWith, mobyDick, never, startNodeEngine } from './nodeTraining.ts';

const experiment = experimentWith('pretrained', {
  'cell.weights': 'pretrained',
  'data.source': 'moby-dick',
  'train.steps': Number(process.env['STEPS'] ?? 2400),
  'train.batch': 8,
  'train.length': 64,
  'train.learningRate': 4e-3,
  'train.warmup': 30,
  'train.validateEvery': 200,
  'train.spectrumEvery': 200,
  // Keeps the layer easy to solve, so that the lens shows a solve that converges.
  'train.jacobianWeight': 0.5,
  'train.jacobianShare': 0.25,
  'train.jacobianPower': 0,
  'train.tolerance': 2e-2,
  'train.adjointTolerance': 2e-2,
  'train.maxIterations': 12,
  'train.adjointIterations': 12,
});

const engine = await startNodeEngine((record) => {
  const { step, loss, validation, residual, spectralRadius } = record;
  if (validation === undefined && step % 50 !== 0) return;
  const facts = [loss, validation, residual, spectralRadius?.radius];
  console.log(step, ...facts.map((fact) => fact?.toFixed(3) ?? '-'));
});
await engine.openTraining(never, experiment, await mobyDick());
console.log(await engine.train(never));
const file = await engine.exportModel(never);
await mkdir('public/models', { recursive: true });
await writeFile('public/models/pretrained.safetensors', file);
console.log(`public/models/pretrained.safetensors: ${(file.length / 1000).toFixed(0)} kB`);
