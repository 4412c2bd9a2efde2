/** Set-ups whose Python programs are run beside the engine, by `torchCheck.ts` and by a test. */
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
import type { FieldPath } from '../src/schema/fields.ts';
import { pretrainedFile, withWeights } from '../src/schema/weights.ts';
import type { PresetName } from '../src/schema/presets.ts';
import { experimentWith } from './nodeTraining.ts';

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

/** A set-up to be compared. */
export interface TorchCase {
  readonly name: string;
  readonly preset: PresetName;
  readonly changes?: Partial<Record<FieldPath, unknown>>;
  /** Arguments of `train` beside `--steps 5` and the file to write. `TEXT` stands for a text file. */
  readonly train: readonly string[];
}

const small = ['--text', 'TEXT', '--batch', '2', '--length', '16'];

export const torchCases: readonly TorchCase[] = [
  { name: 'transformer, post-LN, Anderson', preset: 'char-transformer', train: small },
  {
    name: 'transformer, pre-LN, Broyden with line search, weight norm and dropout in training',
    preset: 'char-transformer',
    changes: {
      'cell.layerNorm': 'pre',
      'solver.method': 'broyden',
      'solver.lineSearch': true,
      'solver.tolerance': 1e-5,
      'train.weightNorm': true,
      'train.dropout': 0.2,
      'backward.method': 'phantom',
    },
    train: [...small, '--tokenizer', 'bpe', '--merges', '40', '--width', '16'],
  },
  {
    name: 'transformer, pretrained, memory, damped Anderson, absolute ridge',
    preset: 'pretrained',
    changes: {
      'solver.damping': 0.7,
      'solver.ridgeMode': 'absolute',
      'train.memory': 8,
      'backward.method': 'neumann',
    },
    train: small,
  },
  {
    name: 'TrellisNet, kernel 3, Broyden, memory, bytes, jitter and warm start',
    preset: 'char-transformer',
    changes: {
      'cell.kind': 'trellis',
      'cell.kernel': 3,
      'solver.method': 'broyden',
      'solver.rank': 12,
      'solver.tolerance': 1e-5,
      'train.memory': 8,
      'train.weightNorm': true,
      'train.depthJitter': 3,
      'train.warmStart': true,
    },
    train: [...small, '--tokenizer', 'byte', '--fresh'],
  },
  {
    name: 'TrellisNet, Heun’s flow, start at f(0), one-step',
    preset: 'char-transformer',
    changes: {
      'cell.kind': 'trellis',
      'solver.map': 'heun',
      'solver.start': 'evaluation',
      'solver.tolerance': 1e-5,
      'backward.method': 'one-step',
    },
    train: [...small, '--dropout', '0.1'],
  },
  {
    name: 'tanh, Picard as torchdeq has it, unrolled after shallow steps',
    preset: 'contraction',
    changes: {
      'solver.convention': 'torchdeq',
      'solver.damping': 0.8,
      'solver.tolerance': 1e-6,
      'train.pretrainSteps': 2,
      'backward.method': 'unrolled',
    },
    train: small,
  },
  {
    name: 'tanh, Anderson, adjoint by Broyden, absolute residual',
    preset: 'anderson-window',
    changes: {
      'solver.stopMode': 'abs',
      'solver.tolerance': 1e-5,
      'backward.solver': 'broyden',
    },
    train: [...small, '--clip', '0.5'],
  },
];

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
    file !== undefined && withWeights(experiment, 'pretrained') === experiment
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
      ...train.map((argument) => (argument === 'TEXT' ? 'text.txt' : argument)),
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
