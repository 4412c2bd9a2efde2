import { shapeOfPart, type ShapeKind } from '../../../src/inputs/shapes.ts';
import { DrawingPad, type DrawingPick } from '../../views/config/drawing/DrawingPad.tsx';

/** A button for a kind of shape: one of a size, place and angle that no training had. */
const pickOf = (kind: ShapeKind): DrawingPick => ({
  words: kind.charAt(0).toUpperCase() + kind.slice(1),
  title: `A ${kind} of another size, place and angle, that was held out of training`,
  pick: () =>
    Promise.resolve({
      // Of a part of its own: training draws from others.
      pixels: shapeOfPart(kind, 'picked', String(Math.random())),
      said: `A ${kind} is on the canvas.`,
    }),
});

const picks = (['disc', 'square', 'triangle', 'ring'] as const).map(pickOf);

/** The shape whose mask is read: drawn, or one of the page's kinds. */
export default function ShapeControl() {
  return <DrawingPad path="shape.pixels" picks={picks} />;
}
