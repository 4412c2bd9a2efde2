import { DrawingPad } from '../../views/config/drawing/DrawingPad.tsx';

/** The digit that is read, and what it is meant as. */
export default function DrawingControl() {
  return <DrawingPad path="drawing.pixels" meantPath="drawing.digit" />;
}
