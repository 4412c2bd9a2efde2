import { headerBytes, readPictureHeader } from '../../../../src/inputs/pictures/pictureHeader.ts';
import { isTransparent, type Raster } from '../../../../src/inputs/pictures/scale.ts';

/** A picture that was opened: made smaller where it was a photograph, as it is to be cropped. */
export interface OpenedPicture {
  readonly raster: Raster;
  /** What is to be known of how it was read, a sentence each. */
  readonly notes: readonly string[];
}

/** Longest file that is read, and most pixels that are decoded: four bytes each, all at once. */
const MOST_BYTES = 100e6;
const MOST_PIXELS = 64e6;
/** Shorter side of what is kept to crop from, in pixels. */
const WORKING_SIDE = 640;

const count = (n: number): string => n.toLocaleString('en');
const million = (n: number): string => (n / 1e6).toFixed(n < 1e7 ? 1 : 0);

/**
 * Decodes a file in this page: upright by its EXIF, in sRGB, photographs made smaller while they are decoded. Rejects with
 * an Error that says what is wrong with the file and what to do.
 */
export async function readPictureFile(file: Blob, given?: string): Promise<OpenedPicture> {
  const name = given === undefined || given === '' ? 'The picture' : `“${given}”`;
  if (file.size === 0) throw new Error(`${name} is empty: it has no bytes. Choose another file.`);
  if (file.size > MOST_BYTES)
    throw new Error(
      `${name} has ${million(file.size)} MB; files of at most ${million(MOST_BYTES)} MB are opened. Save a smaller copy of it.`,
    );
  const head = readPictureHeader(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()));
  const { kind, width = 0, height = 0, animated } = head;
  if (kind === undefined && !file.type.startsWith('image/'))
    throw new Error(`${name} is no picture. JPEG, PNG, WebP, GIF, AVIF and BMP files are.`);
  if (width * height > MOST_PIXELS)
    throw new Error(
      `${name} has ${count(width)} × ${count(height)} pixels, ${million(width * height)} million; at most ${million(MOST_PIXELS)} million fit into a tab. Save a smaller copy of it.`,
    );
  const bitmap = await decode(file, width, height).catch(() => {
    throw new Error(
      `This browser can’t decode ${name}: ${kind === undefined ? 'it is of a kind it does not know' : `the ${kind} file is damaged, or of a kind it does not know`}. Save it as JPEG or PNG.`,
    );
  });
  try {
    const raster = rasterOfBitmap(bitmap);
    return {
      raster,
      notes: [
        ...(animated === true ? ['It is animated: this is its first frame.'] : []),
        ...(isTransparent(raster) ? ['What is transparent in it is white here.'] : []),
      ],
    };
  } finally {
    bitmap.close();
  }
}

/** The bitmap, not much larger than what is kept of it. */
async function decode(file: Blob, width: number, height: number): Promise<ImageBitmap> {
  const shorter = Math.min(width, height);
  if (shorter <= WORKING_SIDE) return createImageBitmap(file);
  // One side alone: the other follows in proportion, whichever way EXIF turns the picture.
  const resizeWidth = Math.round((WORKING_SIDE * width) / shorter);
  return createImageBitmap(file, { resizeWidth, resizeQuality: 'high' });
}

function rasterOfBitmap(bitmap: ImageBitmap): Raster {
  // A file that did not say how large it is was decoded as it is.
  const factor = Math.min(1, Math.max(WORKING_SIDE / Math.min(bitmap.width, bitmap.height), 0.05));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * factor));
  canvas.height = Math.max(1, Math.round(bitmap.height * factor));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives the page no canvas to read a picture with.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** The first file among what was dropped or pasted that is a picture; undefined where there is none. */
export const pictureAmong = (files: ArrayLike<File> | undefined): File | undefined =>
  Array.from(files ?? []).find(({ type }) => type.startsWith('image/'));
