/** Ways onto the clipboard, for figures; each throws a `FigureProblem` where the browser refuses. */
import { FigureProblem } from './figure.ts';

const REFUSED =
  'The browser did not let the page write to the clipboard. Save the file instead, or allow it in the browser’s settings for this page.';

/** Copies a picture that is still being drawn; rejects with what went wrong at drawing it, where that did. */
export async function copyPicture(picture: Promise<Blob>): Promise<void> {
  try {
    // Handed over as a promise: Safari wants to hear of it within the press.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  } catch {
    // Where it could not be drawn, that is what went wrong.
    await picture;
    throw new FigureProblem(REFUSED);
  }
}

/** Copies text: a table, a drawing. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new FigureProblem(REFUSED);
  }
}
