/** By what the texts of pictures are told apart: all that a page needs to know that shows none. `pictureCode.ts` reads them. */
import type { PictureSize } from './picture.ts';

/** A picture of the visitor's own begins with it. */
export const mark = '~';
/** Stands in a link for a picture that its sender kept, with a name that finds it again where it was made. */
export const keptPrefix = 'kept-';

/** Whether a text holds a picture of the visitor's own. */
export const isOwnPicture = (code: string): boolean => code.startsWith(mark);

/** Whether a text only stands for a picture that whoever sent it kept. */
export const isKeptPicture = (code: string): boolean => code.startsWith(keptPrefix);

/** Characters of the longest text there is. */
export const longestPicture = 3 + 64 * 64 * 3;

/** Pixels along a side of the picture that a text stands for. */
export const sideOf = (code: string): PictureSize =>
  (isOwnPicture(code) ? code.charAt(1) === 's' : code.split('.').includes('32')) ? 32 : 64;

/** What a picture of the page is called in a text that stands for it. */
export const nameIn = (code: string): string => code.split('.')[0] ?? '';
