import { namedStream } from '../../data/random.ts';
import { decodeDrawing, drawingSide } from '../../inputs/drawing.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { measuredOnHost, type Measurement } from './measurement.ts';
import type { InverseCell } from './problem.ts';
import type { Regulariser } from './regulariser.ts';

/** What a set-up measures of a digit. */
export const measurementOf = ({ inverse }: Pick<Experiment, 'inverse'>): Measurement => ({
  kind: inverse.operator,
  side: drawingSide,
  masked: Math.round(drawingSide * inverse.missing) * drawingSide,
});

/** The regulariser that a set-up asks for. */
export const regulariserOf = ({ inverse }: Pick<Experiment, 'inverse'>): Regulariser => ({
  cell: inverse.cell,
  tied: inverse.tie === 'tied',
  width: inverse.cell === 'conv' ? inverse.channels : inverse.units,
  kernel: inverse.cell === 'conv' ? inverse.kernel : 1,
  side: drawingSide,
});

/** f of a set-up, whose regulariser may be that of a file. */
export function cellOf(
  experiment: Pick<Experiment, 'inverse'>,
  regulariser = regulariserOf(experiment),
): InverseCell {
  const { sigma, tau, lambda, gamma } = experiment.inverse;
  return { measurement: measurementOf(experiment), regulariser, sigma, tau, lambda, gamma };
}

/** What is measured of a picture: K u + ε n, with a normal n from `noise`; nothing, noise neither, where pixels are missing. */
export function measure(
  how: Measurement,
  picture: ArrayLike<number>,
  noise: { readonly deviation: number; readonly normal: () => number },
): Float32Array {
  const { deviation, normal } = noise;
  return Float32Array.from(measuredOnHost(how, picture), (value, i) => {
    const n = normal();
    return how.kind === 'inpaint' && i < how.masked ? 0 : value + deviation * n;
  });
}

/** The noise of a set-up's own picture: the same for the same seed, whatever is drawn. */
export const noiseOf = ({
  inverse,
  random,
}: Pick<Experiment, 'inverse' | 'random'>): Parameters<typeof measure>[2] => {
  const stream = namedStream(random.seed, 'perturbation').fork('noise');
  return { deviation: inverse.noise, normal: () => stream.normal() };
};

/** What a set-up measures of its own picture. */
export const givenIn = (
  experiment: Pick<Experiment, 'inverse' | 'random' | 'original'>,
): Float32Array =>
  measure(
    measurementOf(experiment),
    decodeDrawing(experiment.original.pixels).pixels,
    noiseOf(experiment),
  );

/** Peak signal-to-noise ratio in decibels of pictures whose values go from 0 to 1. */
export function psnr(picture: ArrayLike<number>, truth: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < truth.length; i++) squares += ((picture[i] ?? NaN) - (truth[i] ?? NaN)) ** 2;
  return -10 * Math.log10(squares / truth.length);
}
