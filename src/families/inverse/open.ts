import { decodeDrawing, drawingSide } from '../../inputs/drawing.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { OpenedProblem } from '../family.ts';
import { openingWeights } from '../modelFile.ts';
import { cellOf, givenIn, regulariserOf } from './measure.ts';
import { observer } from './observe.ts';
import { inverseProblem } from './problem.ts';
import { drawRegulariser, openRegulariser, type Regulariser } from './regulariser.ts';

/** What is the same for every picture. It owns the parameters. */
interface Model {
  readonly regulariser: Regulariser;
  readonly params: Params;
}

/**
 * The problem of a set-up's picture: find it again in what was measured of it. Throws a BadInputError in words where the
 * weights are missing or do not fit; a drawing never fails.
 */
export function openInverse(
  experiment: Experiment,
  weights?: Uint8Array<ArrayBuffer>,
): OpenedProblem {
  const { inverse, random } = experiment;
  const regulariser = regulariserOf(experiment);
  if (inverse.weights === 'random') {
    const params = drawRegulariser(regulariser, random.seed, inverse.gain);
    return problemOf({ regulariser, params }, experiment);
  }
  const { shape, params } = openingWeights(weights, ({ tensors }) =>
    openRegulariser(tensors, drawingSide),
  );
  return problemOf({ regulariser: shape, params }, experiment);
}

function problemOf(model: Model, experiment: Experiment): OpenedProblem {
  const { regulariser, params } = model;
  const { pixels, problem: unreadable } = decodeDrawing(experiment.original.pixels);
  const cell = cellOf(experiment, regulariser);
  const given = givenIn(experiment);
  const problem = inverseProblem({
    ...cell,
    params,
    samples: ['the picture'],
    given: () => tf.tensor(given, [1, given.length]),
    truth: pixels,
    observe: observer({ cell, params, given, truth: pixels }),
  });
  return {
    ...problem,
    observes: true,
    given: (next) => problemOf(model, next),
    notes: [
      ...(unreadable === undefined ? [] : [unreadable]),
      ...(pixels.every((grey) => grey === 0)
        ? ['The picture is blank: all there is to find is black.']
        : []),
      ...shapeNotes(experiment, regulariser),
    ],
    [Symbol.dispose]: () => {
      tf.dispose(params);
    },
  };
}

/** Where a file’s regulariser is not what the settings say. */
function shapeNotes(experiment: Experiment, found: Regulariser): readonly string[] {
  const asked = regulariserOf(experiment);
  if (JSON.stringify(asked) === JSON.stringify(found)) return [];
  const { tied, width, kernel, cell } = found;
  return [
    `The weights file holds a regulariser of ${
      cell === 'conv'
        ? `${String(width)} kernels of ${String(kernel)} × ${String(kernel)}`
        : `${String(width)} units`
    }, ${tied ? 'tied' : 'untied'}, and that is what is solved.`,
  ];
}
