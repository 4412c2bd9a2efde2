import { paintOf } from './colour.ts';
import { short, tag } from './svgText.ts';

/** Where a gradient that names its side ends. */
const sides: Readonly<Record<string, number>> = {
  'to top': 0,
  'to right': 90,
  'to bottom': 180,
  'to left': 270,
};

/** A computed `linear-gradient(…)` of evenly spread or placed colours, as SVG; null for any other ground. */
export function gradientOf(
  css: string,
  id: string,
): { readonly id: string; readonly definition: string } | null {
  const inner = /^linear-gradient\((.*)\)$/.exec(css)?.[1];
  if (inner === undefined) return null;
  const parts = inner.split(/,(?![^(]*\))/).map((part) => part.trim());
  const [first = ''] = parts;
  const angle = sides[first] ?? (/^-?[\d.]+deg$/.test(first) ? parseFloat(first) : null);
  const stops = (angle === null ? parts : parts.slice(1)).map((part) => {
    const at = / (-?[\d.]+)%$/.exec(part);
    return {
      paint: paintOf(part.slice(0, at?.index ?? part.length)),
      share: at?.[1] === undefined ? null : Number(at[1]) / 100,
    };
  });
  const turn = ((angle ?? 180) * Math.PI) / 180;
  const [x, y] = [Math.sin(turn) / 2, -Math.cos(turn) / 2];
  const definition = tag(
    'linearGradient',
    { id, x1: 0.5 - x, y1: 0.5 - y, x2: 0.5 + x, y2: 0.5 + y },
    stops
      .map(({ paint, share }, index) =>
        tag('stop', {
          offset: short(share ?? index / Math.max(1, stops.length - 1)),
          'stop-color': paint?.colour ?? '#000000',
          'stop-opacity': short(paint?.opacity ?? 0),
        }),
      )
      .join(''),
  );
  return { id, definition };
}
