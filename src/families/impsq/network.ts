import { BadInputError } from '../../data/badInput.ts';
import { createRandom, type Random } from '../../data/random.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import { namedParams, type FileTensors, type ParameterSpec } from '../parameters.ts';

/** What a place does to the state. */
export type Filter = 'fourier' | 'gabor' | 'sine';

/** A network that draws one picture: `DEQImplicitLayer` of locuslab/ImpSq with a linear read-out. */
export interface PictureNetwork {
  readonly filter: Filter;
  /** Numbers of the state at each place. */
  readonly width: number;
  readonly layers: number;
  /** Of the colour that is read out. */
  readonly channels: 1 | 3;
}

/** What weights are drawn with beside their shape: how fast the waves run. */
export interface PictureDraw {
  readonly scale: number;
}

/** Shape of the Gamma distribution that the Gabor spots' sharpness is drawn from; the paper's configurations have 3. */
const alpha = 3;

/** Names of the filters, the first of which is x's own share of the state. */
const filterNames = ({ layers }: PictureNetwork): string[] => [
  'init_filter',
  ...Array.from({ length: layers }, (_, l) => `layers.${String(l)}.filter`),
];

/**
 * All parameters, by the names and in the layouts of the paper's code: a matrix is `[out, in]`. The read-out is ours:
 * `readout.weight [channels, width]` and `readout.bias`.
 */
export function pictureParameters(network: PictureNetwork): ParameterSpec[] {
  const { filter, width, layers, channels } = network;
  // They are drawn by `drawParameters`: half of them are not normal.
  const own = (name: string, shape: readonly number[]): ParameterSpec => ({
    ...{ name, torch: name, shape },
    deviation: 0,
  });
  return [
    ...Array.from({ length: layers }, (_, l) => [
      own(`layers.${String(l)}.z_map.weight`, [width, width]),
      own(`layers.${String(l)}.z_map.bias`, [width]),
    ]).flat(),
    ...filterNames(network).flatMap((name) => [
      own(`${name}.x_map.weight`, [width, 2]),
      own(`${name}.x_map.bias`, [width]),
      ...(filter === 'gabor' ? [own(`${name}.mu`, [width, 2]), own(`${name}.gamma`, [width])] : []),
    ]),
    own('readout.weight', [channels, width]),
    own('readout.bias', [channels]),
  ];
}

/** Random parameters as the paper's code draws them, the same for the same seed; the caller owns them. */
export function drawParameters(
  network: PictureNetwork,
  seed: number,
  { scale }: PictureDraw,
): Params {
  const random = createRandom(seed);
  const { filter, layers, width } = network;
  const share = layers + 1;
  const spots: Record<string, Float32Array> = {};
  const drawn = pictureParameters(network).map(({ name, shape }): [string, Float32Array] => {
    const chance = random.fork(name);
    const size = shape.reduce((a, b) => a * b, 1);
    const uniform = (reach: number): Float32Array =>
      Float32Array.from({ length: size }, () => reach * (2 * chance.next() - 1));
    const kind = name.slice(name.lastIndexOf('.', name.length - 1) + 1);
    if (kind === 'gamma')
      return [name, Float32Array.from({ length: size }, () => gammaDraw(chance, alpha / share))];
    if (kind === 'mu') return [name, uniform(1)];
    if (name.endsWith('x_map.weight')) return [name, uniform(scale / Math.sqrt(2 * share))];
    if (name.endsWith('x_map.bias')) return [name, uniform(Math.PI)];
    return [name, uniform(1 / Math.sqrt(width))];
  });
  for (const [name, values] of drawn) spots[name] = values;
  // A small spot has faster waves.
  if (filter === 'gabor')
    for (const name of filterNames(network)) {
      const [waves, sharp] = [spots[`${name}.x_map.weight`], spots[`${name}.gamma`]];
      waves?.forEach((value, i) => {
        waves[i] = value * Math.sqrt(sharp?.[Math.floor(i / 2)] ?? 1);
      });
    }
  return Object.fromEntries(
    pictureParameters(network).map(({ name, shape }) => [
      name,
      tf.tensor(spots[name] ?? [], [...shape]),
    ]),
  );
}

/** A draw of the Gamma distribution with that shape and scale 1 (Marsaglia and Tsang 2000). */
function gammaDraw(chance: Random, shape: number): number {
  if (shape < 1) return gammaDraw(chance, shape + 1) * Math.pow(1 - chance.next(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = chance.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - chance.next()) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return d * v;
  }
}

/**
 * The network that a file holds and its parameters, which the caller owns. `sine`: whether its filters are sines, which the
 * tensors do not tell from Fourier's. Throws a BadInputError that says what does not fit.
 */
export function openNetwork(
  file: FileTensors,
  sine: boolean,
): { readonly network: PictureNetwork; readonly params: Params } {
  const [width, into] = file['layers.0.z_map.weight']?.shape ?? [];
  const [channels] = file['readout.weight']?.shape ?? [];
  if (width === undefined || width !== into)
    throw new BadInputError(
      'It has no square tensor named layers.0.z_map.weight, so it is no network of coordinates.',
    );
  if (channels !== 1 && channels !== 3)
    throw new BadInputError(
      'It has no tensor named readout.weight of one or three rows, so that it says no colours.',
    );
  let layers = 1;
  while (file[`layers.${String(layers)}.z_map.weight`]) layers++;
  const gabor = 'init_filter.mu' in file;
  const network: PictureNetwork = {
    ...{ width, layers, channels },
    filter: gabor ? 'gabor' : sine ? 'sine' : 'fourier',
  };
  return {
    network,
    params: namedParams(pictureParameters(network), file, {
      strange: 'a network of coordinates does not.',
      shape: () => 'it follows from the width of layers.0.z_map.weight and the two coordinates',
    }),
  };
}
