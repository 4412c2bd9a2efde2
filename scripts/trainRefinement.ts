/**
 * Trains the network that the page brings along for masks (public/models/refinement-shapes.safetensors) on shapes drawn by
 * code, by the page's own engine: `node scripts/run.mjs scripts/trainRefinement.ts`, minutes on two cores. As the paper
 * does, it begins with an explicit head of four layers of the same weights and goes on with the implicit one. The file is
 * committed; the set-up stands in its metadata, beside the command.
 */
import { writeFile } from 'node:fs/promises';
import { decodeSafetensors, encodeSafetensors } from '../src/data/safetensors.ts';
import { experimentWith, never, startNodeEngine } from './nodeTraining.ts';

const env = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const steps = env('STEPS', 1200);
const experiment = experimentWith('train-refinement', {
  'refinement.channels': process.env['CHANNELS'] ?? '16',
  'refinement.noise': env('NOISE', 0.35),
  'refinement.occlusion': env('OCCLUSION', 0.25),
  'refinement.gain': env('GAIN', 1),
  'train.steps': steps,
  'train.batch': env('BATCH', 16),
  'train.pretrainSteps': env('PRETRAIN', 800),
  'train.pretrainDepth': 4,
  'train.learningRate': env('RATE', 1.2e-2),
  'train.validateEvery': env('VALIDATE', 200),
  'train.spectrumEvery': env('VALIDATE', 200),
  'train.jacobianWeight': env('PENALTY', 0.05),
  'train.tolerance': env('TOLERANCE', 1e-2),
  'train.adjointTolerance': env('TOLERANCE', 1e-2),
});

const engine = await startNodeEngine((record) => {
  const { step, loss, validation, heldOut, residual, spectralRadius, seconds } = record;
  if (validation === undefined && step % 25 !== 0) return;
  console.log(
    step,
    loss.toFixed(4),
    `${seconds.toFixed(0)} s`,
    residual?.toFixed(4),
    JSON.stringify({ validation, heldOut, spectralRadius }),
  );
});
const report = await engine.openTraining(never, experiment, undefined);
console.log(JSON.stringify(report.data));
console.log(await engine.train(never));
const { tensors, metadata } = decodeSafetensors(await engine.exportModel(never));
const file = encodeSafetensors({
  tensors,
  metadata: {
    ...metadata,
    command: 'node scripts/run.mjs scripts/trainRefinement.ts',
    data: 'shapes drawn by code: src/inputs/shapes.ts',
  },
});
const name = process.env['OUT'] ?? 'public/models/refinement-shapes.safetensors';
await writeFile(name, file);
console.log(`${name}: ${(file.length / 1000).toFixed(0)} kB`);
