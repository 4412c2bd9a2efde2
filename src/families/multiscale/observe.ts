import type { FiguresObservation, ImageObservation } from '../observation.ts';
import { numbersOf, scaleName, sizeOf, type Scales } from './cell.ts';

/** The feature maps of both resolutions, of the first sample. */
export const featureMaps = (scales: Scales, z: Float32Array): ImageObservation[] =>
  ([0, 1] as const).map((branch) => {
    const [rows, columns] = sizeOf(scales, branch);
    const channels = scales.channels[branch];
    const from = branch === 0 ? 0 : numbersOf(scales, 0);
    const pixels = rows * columns;
    const data = new Float32Array(channels * pixels);
    for (let channel = 0; channel < channels; channel++)
      for (let pixel = 0; pixel < pixels; pixel++)
        data[pixel * channels + channel] = z[from + channel * pixels + pixel] ?? 0;
    return {
      ...{ kind: 'image', name: `Features, ${scaleName(scales, branch)}`, sample: 0 },
      ...{ rows, columns, channels, data },
    };
  });

/** How far each resolution is from rest, ‖f(z) − z‖ / ‖f(z)‖ of its part of the first sample alone. */
export function restFigures(
  scales: Scales,
  z: Float32Array,
  image: Float32Array,
): FiguresObservation {
  const [fine, coarse] = ([0, 1] as const).map((branch) => {
    const from = branch === 0 ? 0 : numbersOf(scales, 0);
    let [gap, size] = [0, 0];
    for (let i = from; i < from + numbersOf(scales, branch); i++) {
      gap += ((image[i] ?? NaN) - (z[i] ?? NaN)) ** 2;
      size += (image[i] ?? NaN) ** 2;
    }
    return Math.sqrt(gap) / (Math.sqrt(size) + 1e-9);
  }) as [number, number];
  return {
    kind: 'figures',
    name: 'settling',
    rows: [
      { name: `residual, ${scaleName(scales, 0)}`, value: fine, followed: 'log' },
      {
        ...{ name: `residual, ${scaleName(scales, 1)}`, value: coarse },
        followed: 'log',
        note: 'Relative residual of each resolution by itself. The solver judges both together.',
      },
      {
        name: 'finer to coarser',
        value: fine / coarse,
        note: nearer(fine / coarse),
      },
    ],
  };
}

/** Which resolution is nearer to rest, in one sentence. */
function nearer(ratio: number): string {
  if (ratio > 1.05) return 'Above 1: here the coarser resolution is nearer to rest.';
  if (ratio < 1 / 1.05) return 'Below 1: here the finer resolution is nearer to rest.';
  return 'About 1: both are equally far from rest.';
}
