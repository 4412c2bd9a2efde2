import { namedStream } from '../../data/random.ts';
import type * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import { readAndFree } from '../../tf/readback.ts';
import type { PlaneObservation } from '../observation.ts';
import type { Task, TaskBatch, TaskView } from '../task.ts';
import {
  drawPointWeights,
  pointInput,
  pointLoss,
  pointParameters,
  secondClass,
  type PointNetwork,
} from './network.ts';
import {
  planeReach,
  pointClasses,
  type Points,
  type PointSets,
  type PointsShape,
} from './points.ts';
import { steadyProblem, type SteadyProblem } from './problem.ts';
import type { SystemSettings } from './weights.ts';

/** How a small system learns to tell points apart. */
export interface PointsTaskOptions {
  readonly settings: SystemSettings;
  readonly shape: PointsShape;
  readonly seed: number;
  /** Points in an update's batch. */
  readonly batch: number;
}

/** Cells along a side of the picture of the plane. */
const cells = 32;

/** Telling two classes of points of the plane apart: cross entropy, and how many of those held out are told right. */
export function pointsTask({ learnt, heldOut }: PointSets, options: PointsTaskOptions): Task {
  const { settings, seed, batch } = options;
  return {
    parameters: pointParameters(settings),
    loss: {
      name: 'loss',
      title: 'Loss',
      unit: 'nats',
      per: 'point',
      help: 'mean cross entropy',
      better: 'lower',
      baselines: [
        {
          ...{ title: 'uniform', symbol: 'ln 2', value: Math.LN2 },
          ...{ words: 'guessing evenly', detail: 'between two classes' },
        },
      ],
    },
    metrics: [
      {
        name: 'accuracy',
        title: 'Accuracy',
        unit: '',
        better: 'higher',
        baselines: [{ title: 'guessing evenly', value: 1 / 2 }],
      },
    ],
    unit: 'points',
    initialize: (from) => drawPointWeights(settings, from),
    batchAt: (step) => {
      const chance = namedStream(seed, 'data order').fork(String(step));
      const chosen = Array.from({ length: batch }, () => chance.integer(learnt.at.length));
      return pointsBatch(settings, {
        at: chosen.map((i) => learnt.at[i] ?? [0, 0]),
        label: chosen.map((i) => learnt.label[i] ?? 0),
      });
    },
    *heldOut() {
      yield pointsBatch(settings, heldOut);
    },
    view: () => planeView(heldOut, options),
  };
}

/** The problem of some points. */
const problemOf = (
  { cell, width }: PointNetwork,
  at: Points['at'],
  label: Points['label'],
): ((params: Params) => SteadyProblem) => {
  const input = pointInput(cell, at);
  const samples = label.map(String);
  return (params) => steadyProblem({ cell, params, width, samples, input, loss: pointLoss(label) });
};

/** Points are on the host: nothing on the device is a batch's own. */
const holdsNothing = (): void => undefined;

function pointsBatch(network: PointNetwork, { at, label }: Points): TaskBatch {
  return {
    examples: at.length,
    problem: problemOf(network, at, label),
    measured: {
      readout: secondClass,
      tell: (shares) => {
        const right = label.filter((one, i) => isRight(shares[i], one)).length;
        return { accuracy: right / label.length };
      },
    },
    [Symbol.dispose]: holdsNothing,
  };
}

/** The probability of the second class for each row, read back. */
const sharesOf = (params: Params, z: tf.Tensor): Promise<Float32Array> =>
  readAndFree(secondClass(params, z));

const isRight = (share: number | undefined, label: number): boolean =>
  share !== undefined && share >= 0.5 === (label === 1) && !Number.isNaN(share);

/** The plane as the network tells it, cell by cell from the upper left, and the points that were held out. */
function planeView({ at, label }: Points, { settings, shape }: PointsTaskOptions): TaskView {
  const middle = (i: number): number => planeReach * ((2 * i + 1) / cells - 1);
  const grid = Array.from({ length: cells ** 2 }, (_, i): [number, number] => [
    middle(i % cells),
    -middle(Math.floor(i / cells)),
  ]);
  const all = [...grid, ...at];
  return {
    problem: problemOf(settings, all, [...grid.map(() => 0), ...label]),
    observe: async (params, z) => {
      const shares = await sharesOf(params, z);
      const told: PlaneObservation = {
        ...{ kind: 'plane', name: 'Class by place', rows: cells, columns: cells },
        data: shares.slice(0, grid.length),
        x: [-planeReach, planeReach],
        y: [-planeReach, planeReach],
        labels: pointClasses[shape],
        points: at.map(([x, y], i) => ({
          ...{ x, y, label: label[i] ?? 0 },
          right: isRight(shares[grid.length + i], label[i] ?? 0),
        })),
      };
      return [told];
    },
    [Symbol.dispose]: holdsNothing,
  };
}
