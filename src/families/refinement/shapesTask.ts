import { namedStream, type Random } from '../../data/random.ts';
import { drawingSize } from '../../inputs/drawing.ts';
import { iou } from '../../inputs/iou.ts';
import {
  drawChances,
  shapeOfPart,
  maskOf,
  shapeKinds,
  spoil,
  type Spoiling,
} from '../../inputs/shapes.ts';
import { readAndFree } from '../../tf/readback.ts';
import type { Task, TaskBatch, TaskView } from '../task.ts';
import {
  channelsIn,
  encoder,
  featuresOf,
  inOneArray,
  maskLoss,
  masks,
  networkParameters,
  randomNetwork,
} from './network.ts';
import { picture } from './observe.ts';
import { refinementProblem } from './problem.ts';

/** How a network learns masks. */
export interface ShapesTaskOptions extends Spoiling {
  readonly channels: number;
  readonly gain: number;
  readonly seed: number;
  /** Shapes in an update's batch. */
  readonly batch: number;
}

/** Shapes that are learnt from and those held out: the same for every seed. */
export const learntCount = 4000;
export const heldOutCount = 100;
const heldOutBatch = 50;

/** A shape, and what is seen of it. */
interface Scene {
  readonly kind: string;
  readonly truth: Float32Array;
  readonly seen: Float32Array;
}

/** Learning masks of shapes drawn by code: binary cross entropy, and intersection over union on those held out. */
export function shapesTask({ channels, gain, seed, batch, ...amounts }: ShapesTaskOptions): Task {
  const held = heldOutScenes(amounts);
  const threshold = mean(held.map(({ seen, truth }) => iou(seen, truth)));
  return {
    parameters: networkParameters(channels),
    loss: {
      name: 'loss',
      title: 'Loss',
      unit: 'nats',
      per: 'pixel',
      help: 'mean binary cross entropy',
      better: 'lower',
      baselines: [
        {
          ...{ title: 'undecided', symbol: 'ln 2', value: Math.LN2 },
          ...{ words: 'calling every pixel even', detail: 'part of the shape or not' },
        },
      ],
    },
    metrics: [
      {
        name: 'iou',
        title: 'IoU',
        unit: 'IoU',
        help: 'intersection over union of masks, mean over shapes',
        better: 'higher',
        baselines: [
          {
            ...{ title: 'threshold', value: threshold },
            ...{ words: 'taking every pixel that is seen above one half' },
          },
        ],
      },
    ],
    unit: 'shapes',
    initialize: (from) => randomNetwork(channels, from, gain),
    batchAt: (step) => {
      const chance = namedStream(seed, 'data order').fork(String(step));
      return scenesBatch(
        Array.from({ length: batch }, () => {
          const own = {
            noise: amounts.noise * chance.next(),
            occlusion: amounts.occlusion * chance.next(),
          };
          return sceneOf('learnt', chance.integer(learntCount), own, chance);
        }),
      );
    },
    *heldOut() {
      for (let i = 0; i < held.length; i += heldOutBatch)
        yield scenesBatch(held.slice(i, i + heldOutBatch));
    },
    view: () => viewOf(held.slice(0, 3)),
  };
}

/** The shapes that are held out, spoilt as much as is allowed. */
export function heldOutScenes(amounts: Spoiling): readonly Scene[] {
  const chance = namedStream(0, 'perturbation').fork('held out');
  return Array.from({ length: heldOutCount }, (_, i) => sceneOf('held out', i, amounts, chance));
}

/** Shape `index` of a part, of all kinds in turn; `chance` spoils it. */
function sceneOf(
  part: 'learnt' | 'held out',
  index: number,
  amounts: Spoiling,
  chance: Random,
): Scene {
  const kind = shapeKinds[index % shapeKinds.length] ?? 'disc';
  const pixels = shapeOfPart(kind, part, String(index));
  return { kind, truth: maskOf(pixels), seen: spoil(pixels, amounts, drawChances(pixels, chance)) };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function scenesBatch(scenes: readonly Scene[]): TaskBatch {
  const truth = inOneArray(scenes.map((scene) => scene.truth));
  const input = encoder(scenes.map(({ seen }) => seen));
  return {
    examples: scenes.length,
    problem: (params) =>
      refinementProblem({
        ...{ shape: featuresOf(channelsIn(params)), params, input },
        samples: scenes.map(({ kind }) => kind),
        loss: (given, z) => maskLoss(given, z, truth),
        observe: () => Promise.resolve([]),
      }),
    measured: {
      readout: masks,
      tell: (values) => ({
        iou: mean(maskList(values).map((mask, i) => iou(mask, scenes[i]?.truth ?? mask))),
      }),
    },
    // Its pictures are on the host: nothing on the device is its own.
    [Symbol.dispose]: () => undefined,
  };
}

/** The mask of every sample, of what was read of them all. */
const maskList = (values: Float32Array): readonly Float32Array[] =>
  Array.from({ length: values.length / drawingSize }, (_, i) =>
    values.slice(i * drawingSize, (i + 1) * drawingSize),
  );

/** What the network makes of some held-out shapes. */
function viewOf(scenes: readonly Scene[]): TaskView {
  const batch = scenesBatch(scenes);
  return {
    problem: (params) => batch.problem(params),
    observe: async (params, z) =>
      maskList(await readAndFree(masks(params, z))).flatMap((data, i) => {
        const { kind = '', seen = data, truth = data } = scenes[i] ?? {};
        return [
          picture(`Seen, ${kind}`, seen),
          { ...picture(`Mask, ${kind}`, data), reference: truth },
        ];
      }),
    [Symbol.dispose]: () => {
      batch[Symbol.dispose]();
    },
  };
}
