import { DrawingPad } from '../../views/config/drawing/DrawingPad.tsx';

/** The digit that is read, and what it is meant as. */
export default function SketchControl() {
  return <DrawingPad path="sketch.pixels" meantPath="sketch.digit" />;
}
