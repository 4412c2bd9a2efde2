import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, difference, lightOf, sights } from './testColour.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The colours of a theme, by the names of their variables; the dark one changes the light one's. */
function colours(dark: boolean): Readonly<Record<string, string>> {
  const [light = '', rest = ''] = css.split(":root[data-theme='dark']");
  const pairs = (text: string) =>
    Array.from(text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g), ([, name = '', hex = '']) => [
      name,
      hex,
    ]);
  return Object.fromEntries([...pairs(light), ...(dark ? pairs(rest) : [])]) as Record<
    string,
    string
  >;
}

const lines = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'];
const pairs = lines.flatMap((a, index) => lines.slice(index + 1).map((b) => [a, b] as const));

describe.each([
  ['light', colours(false)],
  ['dark', colours(true)],
])('the %s theme', (_, theme) => {
  const light = (name: string) => lightOf(theme[name] ?? '');

  it.each(Object.keys(sights))(
    'has series a distance of 12 apart in OKLab, seen with %s',
    (name) => {
      const see = sights[name];
      const close = pairs
        .map(([a, b]) => [a, b, see ? difference(see(light(a)), see(light(b))) : 0] as const)
        .filter(([, , distance]) => distance < 12);
      expect(close).toEqual([]);
    },
  );

  it.each([
    [3, [...lines, 'control', 'accent', 'ok', 'warn', 'bad'], ['page', 'panel']],
    [4.5, ['text', 'muted', 'accent', 'ok', 'warn', 'bad'], ['page', 'panel']],
    [4.5, ['text', 'accent'], ['accent-soft', 'warn-soft', 'bad-soft']],
    [4.5, ['on-accent'], ['accent', 'accent-strong']],
  ] as const)('has a contrast of %s or more for %j on %j', (least, over, under) => {
    const weak = over.flatMap((a) =>
      under.map((b) => [a, b, contrast(light(a), light(b))] as const),
    );
    expect(weak.filter(([, , ratio]) => ratio < least)).toEqual([]);
  });
});

it('measures as others do', () => {
  expect(contrast(lightOf('#000000'), lightOf('#ffffff'))).toBeCloseTo(21, 5);
  expect(difference(lightOf('#000000'), lightOf('#ffffff'))).toBeCloseTo(100, 3);
});
