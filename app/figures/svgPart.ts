import { paintOf } from './colour.ts';
import { escapeXml, short, tag } from './svgText.ts';

/** Presentation properties with the value that SVG has for them where nobody says anything. */
const properties: Readonly<
  Record<string, { readonly initial: string; readonly inherited: boolean }>
> = {
  'fill-rule': { initial: 'nonzero', inherited: true },
  'stroke-width': { initial: '1px', inherited: true },
  'stroke-dasharray': { initial: 'none', inherited: true },
  'stroke-dashoffset': { initial: '0px', inherited: true },
  'stroke-linecap': { initial: 'butt', inherited: true },
  'stroke-linejoin': { initial: 'miter', inherited: true },
  'paint-order': { initial: 'normal', inherited: true },
  'font-family': { initial: '', inherited: true },
  'font-size': { initial: '', inherited: true },
  'font-weight': { initial: '400', inherited: true },
  'font-style': { initial: 'normal', inherited: true },
  'text-anchor': { initial: 'start', inherited: true },
  'dominant-baseline': { initial: 'auto', inherited: false },
  opacity: { initial: '1', inherited: false },
  'clip-path': { initial: 'none', inherited: false },
  mask: { initial: 'none', inherited: false },
  'vector-effect': { initial: 'none', inherited: false },
};
/** Paints, each with the property that holds how much of it shows. */
const paints = [
  ['fill', 'fill-opacity', 'rgb(0, 0, 0)', true],
  ['stroke', 'stroke-opacity', 'none', true],
  ['stop-color', 'stop-opacity', 'rgb(0, 0, 0)', false],
] as const;

/** Attributes that say nothing outside the page, or that are resolved from the computed style. */
const isDropped = (name: string): boolean =>
  /^(?:class|style|role|tabindex|focusable|xmlns|data-.*|aria-.*|on.*|name|label)$/.test(name) ||
  name in properties ||
  paints.some(([paint, opacity]) => name === paint || name === opacity);

/** Only of shapes and groups: nothing that runs, fetches, or holds a page of its own. */
const isLeftOut = (name: string): boolean =>
  /^(?:script|style|foreignObject|animate.*|set|use|image|a)$/.test(name);

type Given = ReadonlyMap<string, string>;

/** References by the plain form that every program reads: `url(#id)`. */
const plainUrl = (value: string): string =>
  value.replace(/url\(["']?[^)"'#]*#([^)"']+)["']?\)/g, 'url(#$1)');

const plainLength = (value: string): string =>
  /^[\d.]+px(?:, [\d.]+(?:px)?)*$/.test(value)
    ? value.replaceAll('px', '').replaceAll(', ', ' ')
    : value;

/** The presentation attributes of one element that differ from what it gets from its parent. */
function looks(
  element: Element,
  given: Given,
): { attributes: Record<string, string>; passed: Given } {
  const style = getComputedStyle(element);
  const attributes: Record<string, string> = {};
  const passed = new Map(given);
  const put = (name: string, value: string, initial: string, inherited: boolean): void => {
    const before = inherited ? (given.get(name) ?? initial) : initial;
    if (value !== before) attributes[name] = value.replaceAll('"', "'");
    if (inherited) passed.set(name, value);
  };
  for (const [name, { initial, inherited }] of Object.entries(properties)) {
    const value = style.getPropertyValue(name);
    if (value !== '') put(name, plainUrl(plainLength(value)), plainLength(initial), inherited);
  }
  for (const [name, share, initial, inherited] of paints) {
    if (name === 'stop-color' && element.localName !== 'stop') continue;
    const value = style.getPropertyValue(name);
    const start = paintOf(initial)?.colour ?? 'none';
    if (value.startsWith('url('))
      put(name, plainUrl(value).replace(/\).*$/, ')'), start, inherited);
    else {
      const paint = paintOf(value);
      put(name, paint?.colour ?? 'none', start, inherited);
      const opacity = Number(style.getPropertyValue(share) || 1) * (paint?.opacity ?? 1);
      put(share, short(opacity), '1', inherited);
    }
  }
  if (style.fontVariantNumeric !== 'normal' && element.localName === 'text')
    attributes['style'] = `font-variant-numeric:${style.fontVariantNumeric}`;
  return { attributes, passed };
}

/** The content of one element of an SVG, with every class and variable resolved to its value. */
function inside(element: Element, given: Given): string {
  let content = '';
  for (const child of element.childNodes) {
    if (child instanceof Element) content += part(child, given);
    else if (child.nodeType === Node.TEXT_NODE) content += escapeXml(child.nodeValue ?? '');
  }
  return content;
}

const own = (element: Element): Record<string, string> =>
  Object.fromEntries(
    Array.from(element.attributes)
      .filter(({ name, value }) => !isDropped(name) && !value.includes('var('))
      .map(({ name, value }) => [name, plainUrl(value)]),
  );

function part(element: Element, given: Given): string {
  const { localName } = element;
  if (isLeftOut(localName)) return '';
  if (localName === 'title' || localName === 'desc')
    return tag(localName, {}, inside(element, given));
  const style = getComputedStyle(element);
  // Definitions are never displayed themselves.
  if (style.display === 'none' && !element.closest('defs, clipPath, pattern')) return '';
  if (style.visibility === 'hidden' || style.opacity === '0') return '';
  const { attributes, passed } = looks(element, given);
  const moved =
    style.transform !== 'none' && !element.hasAttribute('transform')
      ? { transform: style.transform }
      : {};
  return tag(localName, { ...own(element), ...moved, ...attributes }, inside(element, passed));
}

/** An SVG of the page as one that stands alone, in `box` of the figure. */
export function svgPart(
  svg: SVGSVGElement,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): string {
  const { x, y, width, height } = box;
  const { attributes, passed } = looks(svg, new Map());
  const style = getComputedStyle(svg);
  const view =
    svg.getAttribute('viewBox') ??
    `0 0 ${String(svg.clientWidth || width)} ${String(svg.clientHeight || height)}`;
  const ratio = svg.getAttribute('preserveAspectRatio') ?? undefined;
  return tag(
    'svg',
    {
      ...attributes,
      x,
      y,
      width,
      height,
      viewBox: view,
      preserveAspectRatio: ratio,
      overflow: style.overflow === 'visible' ? 'visible' : undefined,
    },
    inside(svg, passed),
  );
}
