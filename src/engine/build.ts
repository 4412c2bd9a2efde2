import { alphabet } from '../config/alphabet.ts';
import type { Experiment } from '../config/experiment.ts';
import { namedStream } from '../data/random.ts';
import { trainTokenizer } from '../data/tokenizer.ts';
import { languageModel } from '../model/languageModel.ts';
import { initialize } from '../model/parameters.ts';
import type { EquilibriumProblem } from '../model/problem.ts';
import { tanhParameters, tanhProblem } from '../model/tanhModel.ts';
import type { FixedPointMap, SolverOptions } from '../solvers/solver.ts';
import * as tf from '../tf/index.ts';

/** An experiment as objects: the only place where settings become a model and a solver. */
export interface BuiltProblem extends Disposable {
  readonly problem: EquilibriumProblem;
  /** f with the parameters and the injection of this problem closed over. */
  readonly f: FixedPointMap;
  readonly solver: SolverOptions;
  /** What each row of the batch is. */
  readonly samples: readonly string[];
  /** Characters the alphabet lacks. */
  readonly unknown: number;
}

/** Build the problem on the current backend; dispose it to free its tensors. */
export function build(experiment: Experiment): BuiltProblem {
  const { text } = experiment.input;
  const tokenizer = trainTokenizer('char', alphabet + text);
  const tokens = Array.from(tokenizer.encode(text));
  // Each character predicts the next; the last one is asked for the first.
  const targets = [...tokens.slice(1), ...tokens.slice(0, 1)];
  const problem = buildProblem(experiment, tokenizer.size, tokens, targets);
  const injection = tf.tidy(() => problem.inject(problem.params));
  return {
    problem,
    f: (z) => problem.f(problem.params, injection, z),
    solver: solverOptions(experiment),
    samples: experiment.cell.kind === 'tanh' ? Array.from(text) : [text],
    unknown: tokens.filter((id) => id === tokenizer.unknownId).length,
    [Symbol.dispose]: () => {
      tf.dispose([problem.params, injection]);
    },
  };
}

function buildProblem(
  { cell, random }: Experiment,
  vocabulary: number,
  tokens: number[],
  targets: number[],
): EquilibriumProblem {
  switch (cell.kind) {
    case 'transformer': {
      const model = languageModel({
        cell: 'transformer',
        vocabulary,
        dModel: cell.width,
        heads: Number(cell.heads),
        dInner: cell.inner,
        preLayerNorm: cell.layerNorm === 'pre',
        memoryLength: 0,
        gain: cell.gain,
      });
      return model.problem(model.initialize(random.seed), {
        tokens: [tokens],
        targets: [targets],
      });
    }
    case 'tanh': {
      const config = { vocabulary, width: cell.width, gain: cell.gain };
      const params = initialize(tanhParameters(config), namedStream(random.seed, 'weights'));
      return tanhProblem(config, params, { tokens, targets });
    }
  }
}

/** The solver of the adjoint problem, as the experiment sets it. */
export function adjointOptions({ backward }: Experiment): SolverOptions {
  const { solver: method, maxIterations, tolerance, window, rank } = backward;
  const common = { method, maxIterations, tolerance, stopMode: 'rel' as const };
  switch (method) {
    case 'picard':
      return common;
    case 'anderson':
      // The map is affine and its residuals span decades, so a ridge that suits a forward solve
      // would stop it short of 1e-6.
      return { ...common, history: window, ridge: 1e-8 };
    case 'broyden':
      return { ...common, history: rank };
  }
}

function solverOptions({ solver }: Experiment): SolverOptions {
  const { method, maxIterations, tolerance, stopMode } = solver;
  const common = { method, maxIterations, tolerance, stopMode };
  switch (method) {
    case 'picard':
      return { ...common, damping: solver.damping };
    case 'anderson':
      return {
        ...common,
        damping: solver.damping,
        history: solver.window,
        ridge: solver.ridge,
        ridgeMode: solver.ridgeMode,
      };
    case 'broyden':
      return { ...common, history: solver.rank, lineSearch: solver.lineSearch };
  }
}
