import type { SketchKind } from '../../charts/CurveSketch.tsx';
import type { RecordedCurve } from '../../traces/galleryTrace.ts';
import { formatResidual } from '../../format.ts';
import type { GalleryCard } from './cards.ts';

/** How a card's curves are drawn. */
export function sketchKind({ quantity, view }: GalleryCard): SketchKind {
  switch (quantity) {
    case 'residual':
      return view === 'train'
        ? { log: true, fromZero: false, unit: 'steps', quantity: 'residual of the solve' }
        : { log: true, fromZero: true, unit: 'iterations', quantity: 'residual' };
    case 'loss':
      return { log: false, fromZero: false, unit: 'steps', quantity: 'loss, nats' };
    case 'gradient error':
      return { log: true, fromZero: false, unit: 'terms', quantity: 'relative error' };
    case 'memory':
      return { log: true, fromZero: false, unit: 'layers', quantity: 'peak, MB' };
  }
}

/** How curves ended, in a sentence: what a picture says to those who don't see it. */
export const summaryOf = (curves: readonly RecordedCurve[], { unit }: SketchKind): string =>
  curves
    .map(({ label, values, every, status }) => {
      const length = String((values.length - (unit === 'iterations' ? 1 : 0)) * every);
      const end = formatResidual(values.at(-1));
      return `${label}: ${end} after ${length} ${unit}, ${status.replace('-', ' ')}.`;
    })
    .join(' ');
