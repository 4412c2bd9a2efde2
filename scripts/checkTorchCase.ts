/** Runs the Python program of a set-up beside the engine, and says how far they are apart. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeSafetensors } from '../src/data/safetensors.ts';
import { readFile as readModelFile } from '../src/families/modelFile.ts';
import type { createSession } from '../src/engine/session.ts';
import type { Turn } from '../src/engine/serve.ts';
import { torchOutputs } from '../src/engine/torch/exportTorch.ts';
import { digitsFile } from '../src/inputs/digits.ts';
import { pretrainedFile, weightsOf, withWeights } from '../src/schema/weights.ts';
import { experimentWith } from './nodeTraining.ts';
import type { TorchCase } from './torchCases.ts';

const run = promisify(execFile);

/** A Python with PyTorch. */
export interface Python {
  readonly command: string;
  readonly torch: string;
}

/** The first of PYTHON and python3 that has PyTorch; undefined where none has. */
export async function findPython(): Promise<Python | undefined> {
  for (const command of [process.env['PYTHON'], '/usr/bin/python3', 'python3']) {
    if (command === undefined) continue;
    try {
      const { stdout } = await run(command, ['-c', 'import torch; print(torch.__version__)']);
      return { command, torch: stdout.trim() };
    } catch {
      // Not there, or without PyTorch: the next one may have it.
    }
  }
  return undefined;
}

/** Largest differences: of an output, of the loss, and of the loss of what was trained there and opened here. */
export interface TorchReport {
  readonly logits: number;
  readonly loss: number;
  readonly back: number;
}

/** Writes the program, runs it, trains five steps there and opens what comes of it here. */
export async function checkTorchCase(
  { preset, changes = {}, train }: TorchCase,
  {
    engine,
    python,
    turn,
  }: {
    readonly engine: ReturnType<typeof createSession>;
    readonly python: Python;
    readonly turn: Turn;
  },
): Promise<TorchReport> {
  const experiment = experimentWith(preset, changes);
  const file = pretrainedFile(experiment);
  const weights =
    file !== undefined && weightsOf(experiment) === 'pretrained'
      ? new Uint8Array(await readFile(`public/${file}`))
      : undefined;
  const folder = await mkdtemp(join(tmpdir(), 'deq-torch-'));
  try {
    const files = await engine.exportTorch(turn, experiment, 'check', weights);
    await writeFile(join(folder, files.program.name), files.program.text);
    await writeFile(join(folder, files.weights.name), files.weights.bytes);
    await writeFile(join(folder, 'text.txt'), text);
    const python3 = async (...args: string[]): Promise<string> => {
      const options = { cwd: folder, env: { ...process.env, OMP_NUM_THREADS: '1' } };
      const { stdout } = await run(python.command, [files.program.name, ...args], options);
      return stdout;
    };
    const told = lossIn(await python3('evaluate', '--json', '--outputs', 'outputs.safetensors'));
    const here = await torchOutputs({ experiment, ...(weights ? { weights } : {}) });
    const there = decodeSafetensors(
      new Uint8Array(await readFile(join(folder, 'outputs.safetensors'))),
    );
    const logits = largest(here.outputs, there.tensors['outputs']?.data ?? new Float32Array());
    await python3(
      ...['train', '--steps', '5', '--out', 'trained.safetensors'],
      ...train.map((argument) => given[argument] ?? argument),
    );
    const trained = new Uint8Array(await readFile(join(folder, 'trained.safetensors')));
    return {
      logits,
      loss: Math.abs(told - here.result.loss),
      back: await backHere(trained, python3),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The loss of a file that was trained there: what its own program says of it, and what is computed here. */
async function backHere(
  trained: Uint8Array<ArrayBuffer>,
  python3: (...args: string[]) => Promise<string>,
): Promise<number> {
  const { experiment } = readModelFile(trained);
  const opened = withWeights(experiment, 'trained');
  const here = await torchOutputs({ experiment: opened, weights: trained });
  const shape = ['--weights', 'trained.safetensors', '--json'];
  return Math.abs(lossIn(await python3('evaluate', ...shape)) - here.result.loss);
}

/** Files that arguments stand for. */
const given: Readonly<Record<string, string>> = {
  TEXT: 'text.txt',
  DIGITS: join(process.cwd(), 'public', digitsFile),
};

const lossIn = (json: string): number => (JSON.parse(json) as { loss: number }).loss;

function largest(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length || a.length === 0) return Infinity;
  return a.reduce((most, x, i) => {
    const difference = Math.abs(x - (b[i] ?? NaN));
    return difference > most || Number.isNaN(difference) ? difference : most;
  }, 0);
}

/** Something to learn from that repeats itself. */
const text = Array.from(
  { length: 60 },
  (_, i) => `${String(i)} cats sat on the mat; they’re ${String(i * 7)} dogs’ friends.\n`,
).join('');
