import { escapeXml, short, tag } from './svgText.ts';

/** What stands around the picture in a file. */
export interface FileWords {
  readonly title: string;
  /** What was set up, in a line. */
  readonly config: string;
  /** Address that opens the same set-up, or why there is none. */
  readonly link: string;
  /** Who made it, and when. */
  readonly made: string;
}

/** Colours and fonts of the theme that the file is drawn in. */
export interface FileLook {
  readonly page: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly font: string;
}

/** Width of words in pixels, at a size and weight. */
export type Measure = (words: string, size: number, weight: number) => number;

const PADDING = 16;
const TITLE = { size: 15, weight: 600, line: 20 } as const;
const FOOT = { size: 10.5, weight: 400, line: 14 } as const;
/** Narrower files have no room for their foot. */
const NARROWEST = 320;

/** Words broken into lines no wider than `width`; a word wider than that is broken anywhere. */
export function wrap(words: string, width: number, measure: (words: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  const fits = (text: string): boolean => measure(text) <= width;
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (!fits(line)) {
      // The longest start that fits, one sign at least.
      let [least, most] = [1, line.length];
      while (least < most) {
        const middle = (least + most + 1) >> 1;
        if (fits(line.slice(0, middle))) least = middle;
        else most = middle - 1;
      }
      if (least >= line.length) break;
      lines.push(line.slice(0, least));
      line = line.slice(least);
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/**
 * The whole file: title, picture, and at its foot what was set up, the way back to it, and when. It refers to nothing
 * outside itself. What is written is also there as the file's title and description.
 */
export function figureFile(
  picture: { readonly width: number; readonly height: number; readonly markup: string },
  words: FileWords,
  look: FileLook,
  measure: Measure,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const inner = Math.max(picture.width, NARROWEST);
  const broken = (text: string, { size, weight }: typeof TITLE | typeof FOOT): string[] =>
    wrap(text, inner, (part) => measure(part, size, weight));
  const title = broken(words.title, TITLE);
  const foot = [words.config, words.link, words.made].flatMap((text) => broken(text, FOOT));
  const width = inner + 2 * PADDING;
  const top = PADDING + title.length * TITLE.line + 6;
  const under = top + picture.height + 12;
  const height = Math.ceil(under + 6 + foot.length * FOOT.line + PADDING - 4);
  const lines = (
    texts: readonly string[],
    first: number,
    { size, weight, line }: typeof TITLE | typeof FOOT,
    fill: string,
  ): string =>
    texts
      .map((text, index) =>
        tag(
          'text',
          {
            x: PADDING,
            y: first + index * line,
            fill,
            'font-family': look.font,
            'font-size': short(size),
            'font-weight': weight === 400 ? undefined : String(weight),
          },
          escapeXml(text),
        ),
      )
      .join('');
  const content = [
    tag('title', {}, escapeXml(words.title)),
    tag('desc', {}, escapeXml([words.config, words.link, words.made].filter(Boolean).join('\n'))),
    tag('rect', { width, height, fill: look.page }),
    lines(title, PADDING + TITLE.size - 1, TITLE, look.text),
    tag('g', { transform: `translate(${String(PADDING)} ${String(top)})` }, picture.markup),
    tag('path', {
      d: `M${String(PADDING)} ${short(under)}h${String(inner)}`,
      stroke: look.line,
    }),
    lines(foot, under + 16, FOOT, look.muted),
  ];
  const svg = `<?xml version="1.0" encoding="UTF-8"?>\n${tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      width,
      height,
      viewBox: `0 0 ${String(width)} ${String(height)}`,
    },
    content.join(''),
  )}\n`;
  return { svg, width, height };
}
