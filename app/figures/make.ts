import type { Captured } from './capture.ts';
import { capture } from './capture.ts';
import { figureFile, type FileLook, type FileWords, type Measure } from './file.ts';
import { FigureProblem } from './figure.ts';
import { inTheme } from './inTheme.ts';

/** A finished figure. */
export interface Made {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly bitmap: boolean;
}

const look = (): FileLook => {
  const root = getComputedStyle(document.documentElement);
  const value = (name: string): string => root.getPropertyValue(name).trim();
  return {
    page: value('--page'),
    text: value('--text'),
    muted: value('--muted'),
    line: value('--line'),
    font: value('--font').replaceAll('"', "'"),
  };
};

/**
 * Draws what the elements show into a file of its own, in a theme. Throws a `FigureProblem` where nothing is drawn.
 */
export async function makeFigure(
  elements: () => readonly Element[],
  theme: 'light' | 'dark',
  words: FileWords,
): Promise<Made> {
  const taken = await inTheme(theme, (): { piece: Captured; style: FileLook } => {
    const drawn = elements().filter((element) => element.getBoundingClientRect().width > 0);
    // Words and legends beside a picture are none themselves.
    if (drawn.every((element) => element.hasAttribute('data-figure-words')))
      throw new FigureProblem(
        'There is no picture on the page now: the table is shown in its place, or nothing has been drawn yet. The numbers can be saved as CSV.',
      );
    return { piece: capture(drawn), style: look() };
  });
  const context = document.createElement('canvas').getContext('2d');
  const measure: Measure = (text, size, weight) => {
    if (!context) return 0.6 * size * text.length;
    context.font = `${String(weight)} ${String(size)}px ${taken.style.font}`;
    return context.measureText(text).width;
  };
  return {
    ...figureFile(taken.piece, words, taken.style, measure),
    bitmap: taken.piece.bitmap,
  };
}

/** A file's name without its ending: the title in what every file system takes. */
export const fileName = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'figure';
