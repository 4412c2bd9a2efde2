import { DrawingPad } from '../../views/config/drawing/DrawingPad.tsx';

/** The picture that is measured and is to be found again. */
export default function OriginalControl() {
  return <DrawingPad path="original.pixels" />;
}
