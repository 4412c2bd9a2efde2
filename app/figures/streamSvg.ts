import { themeColour } from '../charts/stream/themeColour.ts';
import type { StreamState } from './drawings.ts';
import { escapeXml, short, tag } from './svgText.ts';

/** A chart of uPlot as lines and words, in its own pixels: sharp at any size, where its canvas is not. */
export function streamSvg({ plot, picture, ticks }: StreamState, font: string): string {
  const box = {
    left: plot.bbox.left / devicePixelRatio,
    top: plot.bbox.top / devicePixelRatio,
    width: plot.bbox.width / devicePixelRatio,
    height: plot.bbox.height / devicePixelRatio,
  };
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const x = (value: number): number => box.left + plot.valToPos(value, 'x');
  const y = (value: number): number => box.top + plot.valToPos(value, 'y');
  const words = (text: string, at: Record<string, string | number>): string =>
    text === ''
      ? ''
      : tag('text', { 'font-family': font, 'font-size': 12, ...at }, escapeXml(text));
  const [muted, faint] = [themeColour('--muted'), themeColour('--line')];
  const axes = [
    ...ticks.x.map(
      ({ value, label }) =>
        tag('path', {
          d: `M${short(x(value))} ${short(box.top)}V${short(bottom)}`,
          stroke: faint,
        }) +
        words(label, {
          x: x(value),
          y: bottom + 16,
          'text-anchor': 'middle',
          fill: muted,
        }),
    ),
    ...ticks.y.map(
      ({ value, label }) =>
        tag('path', {
          d: `M${short(box.left)} ${short(y(value))}H${short(right)}`,
          stroke: faint,
        }) +
        words(label, {
          x: box.left - 7,
          y: y(value) + 4,
          'text-anchor': 'end',
          fill: muted,
        }),
    ),
  ];
  const lines = picture.lines.map(({ points, colour, dash, width, opacity = 1, dots }) => {
    const places = points.x.flatMap((value, index) => {
      const height = points.y[index];
      return height === null || height === undefined || !Number.isFinite(height)
        ? []
        : [[x(value), y(height)] as const];
    });
    const stroke = themeColour(colour);
    return tag(
      'g',
      { stroke, fill: 'none', 'stroke-width': width, opacity: opacity < 1 ? opacity : undefined },
      (places.length > 1
        ? tag('path', {
            d: `M${places.map(([a, b]) => `${short(a)} ${short(b)}`).join('L')}`,
            'stroke-dasharray': dash.join(' '),
            'stroke-linejoin': 'round',
          })
        : '') +
        (dots || places.length === 1
          ? places
              .map(([cx, cy]) =>
                tag('circle', { cx, cy, r: 2.5, fill: themeColour('--page'), 'stroke-width': 1.2 }),
              )
              .join('')
          : ''),
    );
  });
  const references = picture.references.flatMap(({ value, label, dash }) => {
    const at = y(value);
    if (!Number.isFinite(at) || at < box.top - 1 || at > bottom + 1) return [];
    const below = at - box.top < 14;
    return [
      tag('path', {
        d: `M${short(box.left)} ${short(at)}H${short(right)}`,
        stroke: themeColour('--control'),
        'stroke-width': 1.5,
        'stroke-dasharray': dash.join(' '),
      }),
      words(label, {
        x: right - 4,
        y: below ? at + 13 : at - 4,
        'text-anchor': 'end',
        'font-size': 11,
        fill: muted,
      }),
    ];
  });
  const marks = picture.marks.map((value) =>
    tag('path', {
      d: `M${short(x(value))} ${short(box.top)}l7 12h-14Z`,
      fill: themeColour('--bad'),
    }),
  );
  const { turn } = picture;
  const across = turn ? x(turn.at) : NaN;
  const late = right - across < 130;
  const turns =
    turn && across >= box.left - 1 && across <= right + 1
      ? [
          tag('path', {
            d: `M${short(across)} ${short(box.top)}V${short(bottom)}`,
            ...{ stroke: muted, 'stroke-dasharray': '3 4' },
          }),
          words(turn.label, {
            x: across + (late ? -4 : 4),
            y: bottom - 4,
            'text-anchor': late ? 'end' : 'start',
            'font-size': 11,
            fill: muted,
          }),
        ]
      : [];
  return [...axes, ...turns, ...lines, ...references, ...marks].join('');
}
