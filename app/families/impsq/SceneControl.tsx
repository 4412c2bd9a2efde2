import { offeredPictures } from '../../pictures/offeredPictures.ts';
import { PictureControl } from '../../views/config/picture/PictureControl.tsx';

/** The picture that is to be drawn: one of the page's, or the visitor's own. */
export default function SceneControl() {
  return <PictureControl path="scene.picture" offered={offeredPictures} />;
}
