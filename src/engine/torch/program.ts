import type { Json, TorchFamily, TorchModel } from '../../families/torch.ts';
import { conventionOf } from '../../numerics/conventions.ts';
import type { SolverOptions, SolveStatus } from '../../numerics/solver.ts';
import { getDeqCall, torchdeqOf } from '../../schema/getDeq.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { mapValues } from '../../schema/maps.ts';
import { adjointOptions, forwardOptions } from '../solverOptions.ts';
import { trainOptions } from '../trainOptions.ts';
import commands from './commands.py?raw';
import files from './files.py?raw';
import gradients from './gradients.py?raw';
import smallMethods from './smallMethods.py?raw';
import solvers from './solvers.py?raw';
import training from './training.py?raw';

/** What the page makes of the input: `evaluate` prints it beside its own. */
export interface PageResult {
  readonly loss: number;
  readonly status: SolveStatus;
  readonly evaluations: number;
  /** Of each sample the lowest relative residual; of those the worst. */
  readonly residual: number;
  readonly outputs: Readonly<Record<'count' | 'mean' | 'rms' | 'first' | 'last', number>>;
}

/** What a program is made of. */
export interface ProgramParts {
  readonly family: TorchFamily;
  readonly model: TorchModel;
  readonly experiment: Experiment;
  /** Absent: it was not solved here. */
  readonly page: PageResult | undefined;
  /** Name of the weights file that lies beside it. */
  readonly weights: string;
  /** Name of the program itself. */
  readonly file: string;
  /** Version and commit of the page. */
  readonly build: string;
}

/** The Python file: one self-contained text. */
export function torchProgram(parts: ProgramParts): string {
  const { family, model, experiment, page } = parts;
  const sources = [files, solvers, smallMethods, gradients, family.source, training, commands];
  const imports = new Set(sources.flatMap((source) => source.match(importing) ?? []));
  const [plain, others] = split([...imports].sort(), (line) => !line.includes('torch'));
  const constants: Readonly<Record<string, Json>> = {
    WEIGHTS: parts.weights,
    EXPERIMENT: experiment as unknown as Json,
    MODEL: model.model,
    INPUT: model.input,
    TASK: model.task,
    LIMITS: model.limits,
    EVALUATION: {
      forward: forwardConstant(experiment),
      ...solving(experiment),
      backward: backwardConstant(experiment, experiment.solver.maxIterations),
    },
    TRAINING: trainingConstant(experiment),
    PAGE: (page ?? null) as Json,
  };
  return [
    headOf(parts),
    [...plain, '', ...others].join('\n'),
    Object.entries(constants)
      .map(([name, value]) => `${name} = ${python(value)}`)
      .join('\n'),
    ...sources.map((source) => source.replace(importing, '').trim()),
  ]
    .join('\n\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .concat('\n');
}

/** A line that brings a module; the parts have theirs at their heads. */
const importing = /^(?:import|from) .*$/gm;

function headOf({ family, experiment, weights, file, build }: ProgramParts): string {
  return `"""
${family.about(experiment).join('\n')}

Written by DEQ Playground (${build}). Plain PyTorch, 1.13 or newer; nothing else is needed. Put ${weights} beside it.

  python ${file} evaluate              the input of the page: the same loss, beside what the page had
  python ${file} ${family.trainCommand.padEnd(22)}
                                       learn from your own data; --help lists sizes and settings
  python ${file} save OUT.safetensors --state STATE.pt
                                       weights of your own training loop as a file that opens in the page

What differs from the page: float32 sums in another order; random numbers (batches, dropout, new weights) by PyTorch;
the Jacobian penalty's gradient is exact here. The solver's settings as torchdeq has them:

${getDeqCall(experiment)
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
"""`;
}

/** Options in Python's names, and the convention spelt out. */
function solverConstant(options: SolverOptions): Json {
  const { convention, ...own } = options;
  return {
    ...snaked(own),
    convention: snaked({
      ...conventionOf({ method: options.method, convention: convention ?? 'own' }),
    }),
  };
}

const forwardConstant = (experiment: Experiment): Json =>
  solverConstant(forwardOptions(experiment));

/** What both solves of a step share. */
const solving = (experiment: Experiment): Readonly<Record<string, Json>> => ({
  map: { name: experiment.solver.map, options: mapValues(experiment) },
  start: experiment.solver.start,
  torchdeq: torchdeqOf(experiment) as unknown as Json,
});

function backwardConstant({ backward }: Experiment, depth: number): Json {
  const { method, seeded, terms, steps, damping } = backward;
  const solver = solverConstant(adjointOptions(backward));
  return { method, seeded, terms, steps, damping, depth, solver };
}

function trainingConstant(experiment: Experiment): Json {
  const { train } = experiment;
  const { forward } = trainOptions(experiment, 'deq');
  const coarse: Experiment = {
    ...experiment,
    backward: {
      ...experiment.backward,
      tolerance: train.adjointTolerance,
      maxIterations: train.adjointIterations,
    },
  };
  const { steps, learningRate, warmup, schedule, weightDecay, clip } = train;
  const { depthJitter, warmStart, weightNorm, pretrainSteps, pretrainDepth } = train;
  const { jacobianWeight, jacobianShare, jacobianPower, skipWeight, validateEvery } = train;
  return {
    ...snaked({ steps, learningRate, warmup, schedule, weightDecay, clip }),
    ...snaked({ depthJitter, warmStart, weightNorm, pretrainSteps, pretrainDepth }),
    ...snaked({ jacobianWeight, jacobianShare, jacobianPower, skipWeight, validateEvery }),
    report_every: 10,
    forward: solverConstant(forward),
    backward: backwardConstant(coarse, train.maxIterations),
    ...solving({
      ...coarse,
      solver: { ...experiment.solver, ...forward, convention: 'own' },
    }),
  };
}

/** An object with its names in Python's style. */
const snaked = (object: object): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value as Json,
    ]),
  );

/** A constant as Python writes it; long ones a member a line. */
export function python(value: Json, indent = ''): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberIn(value);
  // Of JSON's escapes every one means the same in Python; surrogates that stand alone would not.
  if (typeof value === 'string') return JSON.stringify(value.replace(/\p{Surrogate}/gu, '\uFFFD'));
  const inner = `${indent}    `;
  const members = Array.isArray(value)
    ? (value as readonly Json[]).map((one) => python(one, inner))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${python(one, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const line = `${open}${members.join(', ')}${close}`;
  if (line.length + indent.length <= 100 && !line.includes('\n')) return line;
  return `${open}\n${members.map((one) => `${inner}${one},\n`).join('')}${indent}${close}`;
}

function numberIn(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'float("nan")' : `float("${value < 0 ? '-' : ''}inf")`;
}

function split<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}
