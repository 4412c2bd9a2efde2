import { damaged, inflated } from '../inflated.ts';
import { readAsset } from '../assets.ts';
import type { Picture } from './picture.ts';
import { decodePicture } from './pictureCode.ts';
import { middleOf, pictureOf, rasterOf } from './scale.ts';

/** Pictures that come with the page, in the order they are offered: drawn by code, `scripts/drawPictures.ts`. */
export const builtIns = [
  { name: 'balloon', title: 'Balloon' },
  { name: 'sunset', title: 'Sunset' },
  { name: 'flower', title: 'Flower' },
  { name: 'fruit', title: 'Fruit' },
  { name: 'reef', title: 'Coral reef' },
  { name: 'rose', title: 'Stained glass' },
] as const;

/** The file of their pixels, from the page's own folder; the build packs it. */
export const picturesFile = 'pictures/pictures.bin';

const size = 64;

/** The pictures of that file, 64 × 64 in colour, by their names. Rejects in words when it is damaged. */
export async function readPictures(
  file: Uint8Array<ArrayBuffer>,
): Promise<Readonly<Record<string, Picture>>> {
  const bytes = await inflated(file, 'pictures');
  const each = 3 * size * size;
  if (bytes.length !== builtIns.length * each) throw damaged('pictures');
  return Object.fromEntries(
    builtIns.map(({ name }, i) => [
      name,
      { size, channels: 3, pixels: bytes.slice(i * each, (i + 1) * each) },
    ]),
  );
}

let known: Readonly<Record<string, Picture>> | undefined;

/** Fetches the pictures, once, so that `resolvePicture` knows them. Rejects in words where they are not to be had. */
export async function loadPictures(): Promise<Readonly<Record<string, Picture>>> {
  if (known) return known;
  let file: Uint8Array<ArrayBuffer>;
  try {
    file = await readAsset(picturesFile);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The page's pictures could not be fetched (${why}). Check the connection and try again, or open one of your own.`,
    );
  }
  return (known = await readPictures(file));
}

/** What a setting's text stands for; `problem` says, in words, why it is not the picture that was meant. */
export interface ResolvedPicture {
  readonly picture: Picture;
  readonly problem?: string;
  /** Of one that comes with the page: its name. */
  readonly builtIn?: string;
}

/**
 * The picture that a setting's text stands for; the first of the page's where it stands for none. Throws where one of the
 * page's is meant before `loadPictures` has fetched them.
 */
export function resolvePicture(code: string): ResolvedPicture {
  const { picture, builtIn, problem } = decodePicture(code);
  if (picture) return { picture };
  const [first] = builtIns;
  const { name, size: side, channels } = builtIn ?? { name: first.name, size, channels: 3 };
  if (!known) throw new Error('The pictures of the page have not been fetched.');
  const found = known[name];
  const whole = found ?? known[first.name];
  if (!whole) throw damaged('pictures');
  const words = problem ?? (found ? undefined : `There is no picture named ${name} here.`);
  return {
    picture: side === size && channels === 3 ? whole : smaller(whole, { size: side, channels }),
    builtIn: found ? name : first.name,
    ...(words === undefined ? {} : { problem: words }),
  };
}

function smaller(whole: Picture, to: Pick<Picture, 'size' | 'channels'>): Picture {
  const raster = rasterOf(whole);
  return pictureOf(raster, middleOf(raster), to);
}
