import { drawingSide } from '../../inputs/drawing.ts';
import { iou } from '../../inputs/iou.ts';
import type { FiguresObservation, ImageObservation } from '../observation.ts';

/** A picture of 28 × 28 values between black, 0, and white, 1. */
export const picture = (name: string, data: Float32Array): ImageObservation => ({
  ...{ kind: 'image', name, sample: 0, channels: 1 },
  ...{ rows: drawingSide, columns: drawingSide, data, range: [0, 1] },
});

/** How good a mask is, and how sure of itself. */
export function maskFigures(
  mask: Float32Array,
  { seen, truth }: { readonly seen: Float32Array; readonly truth: Float32Array },
): FiguresObservation {
  const threshold = iou(seen, truth);
  const now = iou(mask, truth);
  const unsure = mask.filter((share) => share > 0.1 && share < 0.9).length;
  return {
    kind: 'figures',
    name: 'IoU',
    rows: [
      {
        ...{ name: 'IoU', value: now, followed: 'linear' },
        note: 'Intersection over union of this mask and the shape.',
      },
      {
        ...{ name: 'IoU by threshold', value: threshold, followed: 'linear' },
        note: 'Of taking every pixel that is seen above one half: no network at all.',
      },
      { name: 'gain', value: now - threshold },
      {
        ...{ name: 'undecided', value: unsure, unit: 'pixels' },
        note: 'Between 0.1 and 0.9.',
      },
    ],
  };
}
