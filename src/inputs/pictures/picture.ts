/** Square pictures of few pixels, as a family looks at them. */

/** Sides that there are, in pixels. */
export const pictureSizes = [32, 64] as const;

/** Side of a picture, in pixels. */
export type PictureSize = (typeof pictureSizes)[number];

/** A square picture. */
export interface Picture {
  readonly size: PictureSize;
  /** Grey, or red, green and blue. */
  readonly channels: 1 | 3;
  /** Row by row from the upper left, channels last; sRGB, 0 … 255. */
  readonly pixels: Uint8Array;
}

/** The picture's values as numbers between 0 and 1, in the same order. */
export const pictureValues = ({ pixels }: Picture): Float32Array<ArrayBuffer> =>
  Float32Array.from(pixels, (value) => value / 255);
