import { builtIns, picturesFile, readPictures } from '../../src/inputs/pictures/builtIns.ts';
import type { Picture } from '../../src/inputs/pictures/picture.ts';
import { fetchOwnFile, readOnce } from '../store/files.ts';

/** A picture that comes with the page. */
interface Offered {
  readonly name: string;
  /** What it is of. */
  readonly title: string;
  readonly picture: Picture;
}

const fetched = readOnce(() => fetchOwnFile(picturesFile).then(readPictures));

/** The pictures that come with the page, fetched the first time. Rejects in words where they can't be had. */
export async function offeredPictures(): Promise<readonly Offered[]> {
  const all = await fetched().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The page’s own pictures could not be loaded (${why}). Reload to try again.`);
  });
  return builtIns.flatMap(({ name, title }) => {
    const picture = all[name];
    return picture ? [{ name, title, picture }] : [];
  });
}
