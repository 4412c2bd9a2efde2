import { describe, expect, it } from 'vitest';
import { figureFile, wrap } from './file.ts';
import { fileName } from './make.ts';
import { escapeXml, tag } from './svgText.ts';

const look = {
  page: '#fff',
  text: '#111',
  muted: '#555',
  line: '#ccc',
  font: "system-ui, 'Segoe UI'",
};
const measure = (text: string, size: number): number => 0.6 * size * text.length;
const words = {
  title: 'Residual <of> "f" & co',
  config: 'Preset · β 1 → 0.7',
  link: `http://localhost/#/solve?v=1&p=contraction&text=${'x'.repeat(200)}`,
  made: 'Made today.',
};

describe('the file of a figure', () => {
  const picture = { width: 500, height: 200, markup: tag('path', { d: 'M0 0H9', stroke: '#000' }) };
  const { svg, width, height } = figureFile(picture, words, look, measure);

  it('has title, set-up, link and date in it, escaped, as text and as its description', () => {
    expect(svg).toContain('<title>Residual &lt;of&gt; &quot;f&quot; &amp; co</title>');
    const written = Array.from(
      svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g),
      ([, text = '']) => text,
    );
    expect(written[0]).toBe('Residual &lt;of&gt; &quot;f&quot; &amp; co');
    expect(written.join('')).toContain(escapeXml(words.link));
    expect(written).toContain(words.config);
    expect(written.at(-1)).toBe(words.made);
    expect(svg).toContain(picture.markup);
  });

  it('is as large as what is in it', () => {
    expect(width).toBe(532);
    const lowest = Math.max(...Array.from(svg.matchAll(/ y="([\d.]+)"/g), ([, y]) => Number(y)));
    expect(height).toBeGreaterThan(lowest);
    expect(height).toBeLessThan(lowest + 30);
  });

  it('refers to nothing outside itself', () => {
    expect(svg).not.toMatch(/var\(|class=|(?:href|src)="(?!data:)/);
  });

  it('holds no sign that XML has no place for', () => {
    expect(escapeXml('a\u0000b\ud800c\u{1f600}\ufffe')).toBe('a\ufffdb\ufffdc\u{1f600}\ufffd');
  });
});

describe('lines of words', () => {
  it('are no wider than they may be and lose no letter', () => {
    const text = 'a few words and avery-long-one-that-has-no-place-to-break at all';
    const lines = wrap(text, 60, (part) => 6 * part.length);
    expect(lines.every((line) => line.length <= 10)).toBe(true);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });

  it('end where one letter is too wide', () => {
    expect(wrap('abc', 1, () => 2)).toEqual(['a', 'b', 'c']);
  });
});

it('names files by what every system takes', () => {
  expect(fileName('Relative residual ‖f(z) − z‖ over é/../x')).toBe(
    'relative-residual-f-z-z-over-e-x',
  );
  expect(fileName('‖‖')).toBe('figure');
});
