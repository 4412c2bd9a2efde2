import { expect, it, vi } from 'vitest';
import { copyPicture, copyText } from './clipboard.ts';
import { FigureProblem } from './figure.ts';

/** A clipboard that takes what it is given, or refuses. */
function clipboard(refuses = false) {
  const taken: unknown[] = [];
  const take = async (what: unknown): Promise<void> => {
    if (refuses) throw new DOMException('Write permission denied.', 'NotAllowedError');
    if (typeof what === 'string') taken.push(what);
    else for (const item of what as Item[]) taken.push(await item.given['image/png']);
  };
  vi.stubGlobal('ClipboardItem', Item);
  vi.stubGlobal('navigator', { clipboard: { write: take, writeText: take } });
  return taken;
}
class Item {
  readonly given: Readonly<Record<string, Promise<Blob>>>;
  constructor(given: Readonly<Record<string, Promise<Blob>>>) {
    this.given = given;
  }
}

it('takes a picture that is still being drawn, as PNG, and numbers as text', async () => {
  const taken = clipboard();
  const png = new Blob(['a picture'], { type: 'image/png' });
  await copyPicture(Promise.resolve(png));
  await copyText('k,PSNR\n0,9.6');
  expect(taken).toEqual([png, 'k,PSNR\n0,9.6']);
});

it('says what to do where the browser refuses, or has no clipboard for this page', async () => {
  clipboard(true);
  const picture = Promise.resolve(new Blob());
  await expect(copyPicture(picture)).rejects.toThrow(/Save the file instead/);
  await expect(copyText('k')).rejects.toThrow(/Save the file instead/);
  vi.stubGlobal('navigator', {});
  await expect(copyPicture(picture)).rejects.toBeInstanceOf(FigureProblem);
  await expect(copyText('k')).rejects.toBeInstanceOf(FigureProblem);
  vi.stubGlobal('ClipboardItem', undefined);
  await expect(copyPicture(picture)).rejects.toBeInstanceOf(FigureProblem);
});

it('says what went wrong at drawing, not that the clipboard refused it', async () => {
  clipboard();
  const undrawn = Promise.reject(new FigureProblem('There is no picture on the page now.'));
  await expect(copyPicture(undrawn)).rejects.toThrow('There is no picture');
});
