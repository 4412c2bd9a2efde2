import type { Picture, PictureSize } from '../../../../src/inputs/pictures/picture.ts';
import { builtInCode, encodePicture } from '../../../../src/inputs/pictures/pictureCode.ts';
import {
  middleOf,
  pictureOf,
  rasterOf,
  type Crop,
  type Raster,
} from '../../../../src/inputs/pictures/scale.ts';

/** A picture of any size, and what is made of it. */
export interface Chosen {
  readonly raster: Raster;
  readonly crop: Crop;
  readonly size: PictureSize;
  readonly channels: 1 | 3;
  /** Its name where it comes with the page, and what it is called. */
  readonly name?: string;
  readonly title?: string;
  /** What is to be known of how it was read, a sentence each. */
  readonly notes: readonly string[];
}

/** The picture as it is to be shown. */
export const madeOf = ({ raster, crop, size, channels }: Chosen): Picture =>
  pictureOf(raster, crop, { size, channels });

/** The setting's text: a name where the page has the picture, its pixels where it is the visitor's. */
export const codeOf = (chosen: Chosen): string => {
  const { name, size, channels } = chosen;
  return name === undefined ? encodePicture(madeOf(chosen)) : builtInCode(name, size, channels);
};

/** A picture of the visitor's that is only known by its pixels. */
export function chosenOfPicture(picture: Picture): Chosen {
  const raster = rasterOf(picture);
  const { size, channels } = picture;
  return { raster, crop: middleOf(raster), size, channels, notes: [] };
}

/** A picture that comes with the page. */
export function chosenOfPage(
  {
    name,
    title,
    picture,
  }: { readonly name: string; readonly title: string; readonly picture: Picture },
  { size, channels }: { readonly size: PictureSize; readonly channels: 1 | 3 },
): Chosen {
  const raster = rasterOf(picture);
  return { ...{ raster, crop: middleOf(raster), size, channels, name, title }, notes: [] };
}
