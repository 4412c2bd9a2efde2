/** By what the texts of pictures are told apart: all that a page needs to know that shows none. */

/** A picture of the visitor's own begins with it. */
export const mark = '~';
/** Stands in a link for a picture that its sender kept, with a name that finds it again where it was made. */
export const keptPrefix = 'kept-';

/** Whether a text holds a picture of the visitor's own. */
export const isOwnPicture = (code: string): boolean => code.startsWith(mark);

/** Whether a text only stands for a picture that whoever sent it kept. */
export const isKeptPicture = (code: string): boolean => code.startsWith(keptPrefix);
