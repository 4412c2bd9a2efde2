import type { ImageObservation } from '../../src/families/observation.ts';
import { iou } from '../../src/inputs/iou.ts';
import { finiteRange } from '../charts/colourScale.ts';

/** How near a picture is to what it should be: PSNR in decibels, or of masks the intersection over the union. */
export interface Likeness {
  readonly measure: 'PSNR' | 'IoU';
  readonly value: number;
}

const isMask = (data: Float32Array): boolean => data.every((value) => value === 0 || value === 1);

/** How near it is to its reference; null where it has none. NaN where the picture is no longer finite. */
export function likenessOf({ data, reference, range }: ImageObservation): Likeness | null {
  if (!reference) return null;
  if (isMask(reference)) return { measure: 'IoU', value: iou(data, reference) };
  const squares = data.reduce(
    (sum, value, index) => sum + (value - (reference[index] ?? 0)) ** 2,
    0,
  );
  const [low, high] = range ?? finiteRange(reference);
  return { measure: 'PSNR', value: 10 * Math.log10((high - low) ** 2 / (squares / data.length)) };
}

/** The likeness as people read it: `31.2 dB`, `0.87`. */
export function likenessWords({ measure, value }: Likeness): string {
  if (Number.isNaN(value)) return `${measure} —`;
  if (measure === 'IoU') return `IoU ${value.toFixed(3)}`;
  return value === Infinity ? 'PSNR ∞: the same' : `PSNR ${value.toFixed(1)} dB`;
}

/** The feature maps of a picture, one after the other: `channels` planes of rows × columns. */
export function planesOf(
  image: Pick<ImageObservation, 'rows' | 'columns' | 'channels' | 'data'>,
): Float32Array[] {
  const { rows, columns, channels, data } = image;
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from(
      { length: rows * columns },
      (_, cell) => data[cell * channels + channel] ?? NaN,
    ),
  );
}
