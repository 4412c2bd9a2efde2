import { BadInputError } from '../../data/badInput.ts';
import { createRandom } from '../../data/random.ts';
import { drawingSide, drawingSize } from '../../inputs/drawing.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import { classes } from '../digitReading.ts';
import { copyOut } from '../goldenFile.ts';
import {
  initialize,
  namedParams,
  shapeInWords,
  type FileTensors,
  type ParameterSpec,
} from '../parameters.ts';
import { convolutional } from './convolutional.ts';
import { fullyConnected } from './fullyConnected.ts';
import type { MonotoneOperator } from './operator.ts';

/** A network that reads 28 × 28 digits: `SingleFcNet` or `SingleConvNet` of locuslab/monotone_op_net. */
export interface DigitNetwork {
  readonly cell: 'fc' | 'conv';
  /** Hidden units, or channels. */
  readonly units: number;
}

/** The network that a set-up asks for. */
export const askedFor = ({ monotone }: Pick<Experiment, 'monotone'>): DigitNetwork => ({
  cell: monotone.cell,
  units: monotone.cell === 'fc' ? monotone.hidden : monotone.channels,
});

/** Side of a picture with its border. */
const bordered = drawingSide + 2;
/** The convolutional network's head reads means over squares of so many pixels; what is left over is not read. */
export const pooled = 4;
const pools = Math.floor(bordered / pooled);

/** Where PyTorch has the parameters of the layer; those of the head are at the top. */
const layer = 'mon.linear_module.';

/** What the head reads of a state. */
export const features = ({ cell, units }: DigitNetwork): number =>
  cell === 'fc' ? units : units * pools ** 2;

/**
 * All parameters, by the names and in the layouts of the paper's code: a matrix is `[out, in]` here too, so that files
 * and gradients need no turning. They start with the variance of PyTorch's own start.
 */
export function monotoneParameters(network: DigitNetwork, gain = 1): ParameterSpec[] {
  const { cell, units } = network;
  const own = (name: string, shape: number[], fanIn: number, scale = 1): ParameterSpec => ({
    name,
    torch: name.startsWith('Wout') ? name : layer + name,
    shape,
    // A uniform draw from ± 1/√fan-in.
    deviation: fanIn === 0 ? 0 : scale / Math.sqrt(3 * fanIn),
  });
  const head = features(network);
  const kernel = (into: number): number[] => [units, into, 3, 3];
  const [inner, outer, fanIn] =
    cell === 'fc'
      ? [
          [units, units],
          [units, drawingSize],
          [units, drawingSize],
        ]
      : [kernel(units), kernel(1), [9 * units, 9]];
  const [inside = 0, outside = 0] = fanIn;
  return [
    own('U.weight', outer, outside),
    own('U.bias', [units], outside),
    own('A.weight', inner, inside, gain),
    own('B.weight', inner, inside, gain),
    // Normalised kernels have their scale here.
    ...(cell === 'conv' ? [own('g', [], 0), own('h', [], 0)] : []),
    own('Wout.weight', [classes, head], head),
    own('Wout.bias', [classes], head),
  ];
}

/** Random parameters: the same for the same seed. The caller owns them. */
export function randomParameters(network: DigitNetwork, seed: number, gain = 1): Params {
  const drawn = initialize(monotoneParameters(network, gain), createRandom(seed));
  if (network.cell === 'fc') return drawn;
  tf.dispose([drawn['g'] ?? [], drawn['h'] ?? []]);
  // AᵀA with the square of the gain, as where kernels are not normalised.
  return { ...drawn, g: tf.scalar(gain ** 2), h: tf.scalar(gain) };
}

/** Its linear part, with W of strong monotonicity m. */
export const operatorOf = ({ cell, units }: DigitNetwork, m: number): MonotoneOperator =>
  cell === 'fc' ? fullyConnected(units, m) : convolutional([units, bordered, bordered], m);

/**
 * The network that a file of the paper's tensor names holds, of any number of units or channels, and its parameters, which
 * the caller owns. Throws a BadInputError that says what does not fit.
 */
export function openWeights(file: FileTensors): { network: DigitNetwork; params: Params } {
  const found: Record<string, FileTensors[string]> = {};
  for (const [name, tensor] of Object.entries(file))
    found[name.startsWith(layer) ? name.slice(layer.length) : name] = tensor;
  const [units, into, ...kernel] = found['A.weight']?.shape ?? [];
  if (units === undefined || units < 1)
    throw new BadInputError(
      `It has no tensor named ${layer}A.weight, so it is no monotone operator network.`,
    );
  const convolves = kernel.length > 0;
  if (units !== into || (convolves && kernel.join() !== '3,3'))
    throw new BadInputError(
      `${layer}A.weight has shape ${shapeInWords([units, into ?? 0, ...kernel])}, but must be [n, n] for a fully connected network or [n, n, 3, 3] for a convolutional one.`,
    );
  const network: DigitNetwork = { cell: convolves ? 'conv' : 'fc', units };
  const specs = monotoneParameters(network);
  return {
    network,
    params: namedParams(specs, found, {
      strange:
        'a monotone network with one layer does not; networks with several have no place here.',
      shape: ({ shape }) =>
        shape.includes(drawingSize)
          ? 'digits have 28 × 28 pixels'
          : 'it follows from A.weight and the ten classes',
    }),
  };
}

/** How large a network is, in words. */
export const unitsInWords = ({ cell, units }: DigitNetwork): string =>
  `${String(units)} ${cell === 'fc' ? 'fully connected units' : 'channels'}`;

/** Parameters or gradients by the paper's names, on the host. Borrows them. */
export async function toPaper(
  params: Params,
): Promise<Record<string, { shape: number[]; data: Float32Array }>> {
  const own = await copyOut(params);
  return Object.fromEntries(
    Object.entries(own).map(([name, tensor]) => [
      name.startsWith('Wout') ? name : layer + name,
      tensor,
    ]),
  );
}
