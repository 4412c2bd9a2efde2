import type { Experiment } from '../../schema/experiment.ts';
import { isIdleOption } from '../../schema/maps.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import { readPacked } from '../../tf/readback.ts';
import { drawnDigit, type DrawnDigit } from '../digitReading.ts';
import type { OpenedProblem } from '../family.ts';
import type { Observation } from '../observation.ts';
import { digitLoss, networkInput, probabilities } from './network.ts';
import { certificates, stateObservation, type Certificates } from './observe.ts';
import { withKeptResolvents, type MonotoneOperator } from './operator.ts';
import {
  askedFor,
  operatorOf,
  randomParameters,
  unitsInWords,
  type DigitNetwork,
} from './parameters.ts';
import { monotoneProblem, type MonotoneProblem } from './problem.ts';
import { openWeightsFile } from './weightsFiles.ts';

/** The problem of a drawing. */
export type OpenedDrawing = OpenedProblem & MonotoneProblem;

/**
 * The problem of an experiment's drawing: which digit is it? Throws a BadInputError in words where the weights are
 * missing or do not fit; a drawing never fails.
 */
export function openDrawing(
  experiment: Experiment,
  weights?: Uint8Array<ArrayBuffer>,
): OpenedDrawing {
  const { monotone, random } = experiment;
  const asked = askedFor(experiment);
  const { network, params } =
    monotone.weights === 'random'
      ? { network: asked, params: randomParameters(asked, random.seed, monotone.gain) }
      : openWeightsFile(weights);
  const operator = operatorOf(network, monotone.m);
  const certificate = certificates(operator, params);
  const kept = withKeptResolvents(operator);
  return drawingOf({ network, params, operator, kept, certificate }, experiment);
}

/** What is the same for every drawing. It owns the parameters, and what is kept of the operator. */
interface Model {
  readonly network: DigitNetwork;
  readonly params: Params;
  readonly operator: MonotoneOperator;
  readonly kept: MonotoneOperator & Disposable;
  readonly certificate: Certificates;
}

/** The problem of a set-up's drawing with a model, which it takes over. */
function drawingOf(model: Model, experiment: Experiment): OpenedDrawing {
  const { network, params, operator, kept, certificate } = model;
  const { monotone } = experiment;
  const { pixels, label, samples, notes, observed } = drawnDigit(experiment.drawing);
  const problem: MonotoneProblem = monotoneProblem({
    ...{ operator, kept, params, samples },
    input: networkInput(network, [pixels]),
    loss: digitLoss(network, [label]),
    observe: observer({
      ...{ network, operator, params, observed },
      certificate: certificate({
        // Without a splitting there is no step that α is the length of.
        alpha: isIdleOption('monotone.alpha', experiment) ? undefined : monotone.alpha,
        // A convolution's Jacobian is too large for all of its eigenvalues.
        injection: network.cell === 'fc' ? () => problem.inject(params) : undefined,
      }),
    }),
  });
  return {
    ...problem,
    observes: true,
    given: (next) => drawingOf(model, next),
    notes: [...notes, ...weightNotes(askedFor(experiment), network)],
    [Symbol.dispose]: () => {
      tf.dispose(params);
      kept[Symbol.dispose]();
    },
  };
}

/** Where a file’s network is not what the settings say. */
function weightNotes(asked: DigitNetwork, found: DigitNetwork): readonly string[] {
  if (asked.cell === found.cell && asked.units === found.units) return [];
  return [
    `The weights file holds a network of ${unitsInWords(found)}, and that is what is solved.`,
  ];
}

/** What every iterate says, in one read-back: the digit, ten probabilities, the hidden state, and why there is one fixed point. */
function observer({
  network,
  operator,
  params,
  observed,
  certificate,
}: {
  network: DigitNetwork;
  operator: MonotoneOperator;
  params: Params;
  observed: DrawnDigit['observed'];
  certificate: ReturnType<Certificates>;
}): (z: tf.Tensor) => Promise<Observation[]> {
  return async (z) => {
    const shares = probabilities(network, params, z);
    const read = readPacked([shares, z]).finally(() => {
      shares.dispose();
    });
    const none = new Float32Array();
    const [probability = none, values = none] = await read;
    return [
      ...observed(probability),
      ...stateObservation(operator, values),
      await certificate(values),
    ];
  };
}
