import { paintOf } from './colour.ts';
import { drawings } from './drawings.ts';
import { gradientOf } from './gradient.ts';
import { streamSvg } from './streamSvg.ts';
import { svgPart } from './svgPart.ts';
import { escapeXml, short, tag } from './svgText.ts';

/** A piece of the page as SVG that needs nothing of the page any more. */
export interface Captured {
  readonly width: number;
  readonly height: number;
  readonly markup: string;
  /** Whether a bitmap is part of it. */
  readonly bitmap: boolean;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Controls say nothing on paper; pictures in them do, as in a strip of stills. */
const CONTROLS =
  'input, select, textarea, progress, dialog, [popover], [data-figure-skip], .recharts-tooltip-wrapper, .recharts-tooltip-cursor';

/** Pixels of a bitmap for each of the page's: as the PNG has them. */
export const RATIO = 2;
/** Smaller differences of place are rounding. */
const SLACK = 1.5;
/** Room between bands. */
const GAP = 8;

/**
 * Elements of the page, as they are laid out now, as one piece of SVG: text with its font and colour, boxes with their
 * grounds and edges, charts with every class and variable resolved, canvases as bitmaps or, where they know how
 * (`drawings`), as lines. What a box scrolls away is drawn too. Read in one go: nothing is awaited in between.
 */
export function capture(elements: readonly Element[]): Captured {
  const rewind = unscroll(elements);
  try {
    return new Capture(elements).result();
  } finally {
    rewind();
  }
}

/** Scrolls everything inside to its start, and lets what sticks to an edge stand where it belongs; gives back the way. */
function unscroll(elements: readonly Element[]): () => void {
  const inside = elements.flatMap((element) => [element, ...element.querySelectorAll('*')]);
  const moved = inside
    .filter(({ scrollTop, scrollLeft }) => scrollTop !== 0 || scrollLeft !== 0)
    .map((element) => ({ element, top: element.scrollTop, left: element.scrollLeft }));
  const stuck = inside.filter(
    (element): element is HTMLElement =>
      element instanceof HTMLElement && getComputedStyle(element).position === 'sticky',
  );
  for (const { element } of moved) element.scrollTo({ top: 0, left: 0, behavior: 'instant' });
  for (const { style } of stuck) style.position = 'relative';
  return () => {
    for (const { style } of stuck) style.removeProperty('position');
    for (const { element, ...place } of moved) element.scrollTo({ ...place, behavior: 'instant' });
  };
}

/** Elements side by side, from the top of the page down. */
function bandsOf(elements: readonly Element[]): readonly (readonly Element[])[] {
  const sorted = elements
    .map((element) => ({ element, ...sidesOf(element) }))
    .sort((a, b) => a.top - b.top);
  const bands: { elements: Element[]; bottom: number }[] = [];
  for (const { element, top, bottom } of sorted) {
    const band = bands.at(-1);
    if (band && top < band.bottom - SLACK) {
      band.elements.push(element);
      band.bottom = Math.max(band.bottom, bottom);
    } else bands.push({ elements: [element], bottom });
  }
  return bands.map((band) => band.elements);
}

const sidesOf = (element: Element): { readonly top: number; readonly bottom: number } => {
  const { top, bottom } = element.getBoundingClientRect();
  return { top, bottom };
};

class Capture {
  private readonly defs: string[] = [];
  /** Where in the window the figure's own zero is, while a band is drawn. */
  private left = 0;
  private top = 0;
  private right = 0;
  private bottom = 0;
  private bitmap = false;
  private readonly measure = document.createElement('canvas').getContext('2d');

  private readonly elements: readonly Element[];

  constructor(elements: readonly Element[]) {
    this.elements = elements;
  }

  result(): Captured {
    let markup = '';
    // Bands that stand apart on the page, as a legend in a card's head and the picture, follow each other closely.
    for (const band of bandsOf(this.elements)) {
      const boxes = band.map((element) => element.getBoundingClientRect());
      this.left = Math.min(...boxes.map(({ left }) => left));
      this.top = Math.min(...boxes.map(({ top }) => top));
      this.top -= this.bottom === 0 ? 0 : this.bottom + GAP;
      markup += band.map((element) => this.draw(element)).join('');
    }
    return {
      width: Math.ceil(this.right),
      height: Math.ceil(this.bottom),
      markup: (this.defs.length > 0 ? tag('defs', {}, this.defs.join('')) : '') + markup,
      bitmap: this.bitmap,
    };
  }

  /** A box of the window in the figure's own pixels; the figure grows to hold it. */
  private place({ left, top, width, height }: DOMRect): Box {
    const box = { x: left - this.left, y: top - this.top, width, height };
    this.right = Math.max(this.right, box.x + width);
    this.bottom = Math.max(this.bottom, box.y + height);
    return box;
  }

  private draw(element: Element): string {
    if (element.matches(CONTROLS)) return '';
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.opacity === '0') return '';
    const rect = element.getBoundingClientRect();
    // For screen readers only.
    if (style.clipPath.startsWith('inset(50%') || rect.right < this.left - SLACK) return '';
    // A button with a picture in it is shown for the picture; its word is an invitation.
    if (element.matches('button, summary, a[role="button"]') && !element.querySelector('canvas'))
      return '';
    const content =
      style.visibility === 'hidden' ? this.children(element) : this.content(element, style, rect);
    const opacity = Number(style.opacity);
    return opacity < 1 ? tag('g', { opacity: short(opacity) }, content) : content;
  }

  private content(element: Element, style: CSSStyleDeclaration, rect: DOMRect): string {
    if (element instanceof SVGSVGElement) {
      return rect.width > 0 && rect.height > 0 ? svgPart(element, this.place(rect)) : '';
    }
    if (element instanceof HTMLCanvasElement) return this.canvas(element, style, rect);
    const drawing = drawings.get(element);
    if (drawing && 'stream' in drawing) {
      const { x, y } = this.place(rect);
      const lines = streamSvg(drawing.stream(), style.fontFamily.replaceAll('"', "'"));
      return tag('g', { transform: `translate(${short(x)} ${short(y)})` }, lines);
    }
    return this.ground(style, rect) + this.children(element);
  }

  private children(element: Element): string {
    let markup = '';
    for (const child of element.childNodes) {
      if (child instanceof Element) markup += this.draw(child);
      else if (child instanceof Text) markup += this.words(child, element);
    }
    return markup;
  }

  /** Ground and edges of a box. */
  private ground(style: CSSStyleDeclaration, rect: DOMRect): string {
    if (rect.width === 0 || rect.height === 0) return '';
    const ground = paintOf(style.backgroundColor);
    const edges = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => ({
      side,
      width:
        style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`]) || 0,
      paint: paintOf(style[`border${side}Color`]),
      dash: /dash|dot/.test(style[`border${side}Style`]) ? '3 3' : undefined,
    }));
    const drawn = edges.filter(({ width, paint }) => width > 0 && paint);
    const gradient = gradientOf(style.backgroundImage, `figure-ground-${String(this.defs.length)}`);
    if (!ground && !gradient && drawn.length === 0) return '';
    const { x, y, width, height } = this.place(rect);
    const radius = style.borderTopLeftRadius;
    const rx = Math.min(
      radius.includes('%') ? (width * parseFloat(radius)) / 100 : parseFloat(radius) || 0,
      width / 2,
      height / 2,
    );
    const box = (inset: number) => ({
      x: x + inset,
      y: y + inset,
      width: Math.max(0, width - 2 * inset),
      height: Math.max(0, height - 2 * inset),
      rx: rx > 0 ? Math.max(0, rx - inset) : undefined,
    });
    let markup = '';
    if (ground)
      markup += tag('rect', {
        ...box(0),
        fill: ground.colour,
        'fill-opacity': ground.opacity < 1 ? short(ground.opacity) : undefined,
      });
    if (gradient) {
      this.defs.push(gradient.definition);
      markup += tag('rect', { ...box(0), fill: `url(#${gradient.id})` });
    }
    const [first] = drawn;
    const same = (one: (typeof edges)[number]): boolean =>
      one.width === first?.width && one.paint?.colour === first.paint?.colour;
    if (first && drawn.length === 4 && drawn.every(same)) {
      return (
        markup +
        tag('rect', {
          ...box(first.width / 2),
          fill: 'none',
          stroke: first.paint?.colour,
          'stroke-opacity': opacityOf(first.paint?.opacity),
          'stroke-width': first.width,
          'stroke-dasharray': first.dash,
        })
      );
    }
    for (const { side, width: thick, paint, dash } of drawn) {
      const half = thick / 2;
      const line = {
        Top: `M${short(x)} ${short(y + half)}h${short(width)}`,
        Bottom: `M${short(x)} ${short(y + height - half)}h${short(width)}`,
        Left: `M${short(x + half)} ${short(y)}v${short(height)}`,
        Right: `M${short(x + width - half)} ${short(y)}v${short(height)}`,
      }[side];
      markup += tag('path', {
        d: line,
        stroke: paint?.colour,
        'stroke-opacity': opacityOf(paint?.opacity),
        'stroke-width': thick,
        'stroke-dasharray': dash,
      });
    }
    return markup;
  }

  private canvas(canvas: HTMLCanvasElement, style: CSSStyleDeclaration, rect: DOMRect): string {
    if (rect.width === 0 || canvas.width === 0 || canvas.height === 0) return '';
    this.bitmap = true;
    const box = this.place(rect);
    const drawing = drawings.get(canvas);
    const sharper = drawing && 'bitmap' in drawing ? drawing.bitmap(RATIO) : null;
    const bitmap =
      sharper ?? (style.imageRendering === 'pixelated' ? enlarged(canvas, rect.width) : canvas);
    // What is no number is a hole in the bitmap: the ground shows.
    return (
      this.ground(style, rect) +
      tag('image', {
        ...box,
        preserveAspectRatio: 'none',
        // The older name: every program knows it.
        'xlink:href': bitmap.toDataURL('image/png'),
        ...(style.imageRendering === 'pixelated' && { style: 'image-rendering:pixelated' }),
      })
    );
  }

  /** The lines of a text node, each where the page has it. */
  private words(node: Text, parent: Element): string {
    if (node.data.trim() === '') return '';
    const style = getComputedStyle(parent);
    const paint = paintOf(style.color);
    if (!paint || style.visibility === 'hidden') return '';
    const zoom = zoomOf(parent);
    const size = parseFloat(style.fontSize) * zoom;
    const font = `${style.fontStyle} ${style.fontWeight} ${String(size)}px ${style.fontFamily}`;
    return linesOf(node)
      .map(({ text, rect }) => {
        const { x, y, height } = this.place(rect);
        return tag(
          'text',
          {
            x,
            y: y + height * this.ascent(font),
            fill: paint.colour,
            'fill-opacity': opacityOf(paint.opacity),
            'font-family': style.fontFamily.replaceAll('"', "'"),
            'font-size': size,
            'font-weight': style.fontWeight === '400' ? undefined : style.fontWeight,
            'font-style': style.fontStyle === 'normal' ? undefined : style.fontStyle,
            style:
              style.fontVariantNumeric === 'normal'
                ? undefined
                : `font-variant-numeric:${style.fontVariantNumeric}`,
            'xml:space': style.whiteSpaceCollapse === 'preserve' ? 'preserve' : undefined,
          },
          escapeXml(text),
        );
      })
      .join('');
  }

  /** Share of a line's box above its baseline. */
  private ascent(font: string): number {
    if (!this.measure) return 0.8;
    this.measure.font = font;
    const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } =
      this.measure.measureText('x');
    return above / (above + below);
  }
}

const opacityOf = (opacity: number | undefined): string | undefined =>
  opacity !== undefined && opacity < 1 ? short(opacity) : undefined;

/** How much larger everything is drawn than its style says, in a presentation. */
const zoomOf = (element: Element): number =>
  (element as { readonly currentCSSZoom?: number }).currentCSSZoom ?? 1;

/** A bitmap of few large pixels with enough small ones that no program smooths them away. */
function enlarged(canvas: HTMLCanvasElement, width: number): HTMLCanvasElement {
  const factor = Math.ceil((RATIO * width) / canvas.width);
  if (factor <= 1) return canvas;
  const large = document.createElement('canvas');
  [large.width, large.height] = [canvas.width * factor, canvas.height * factor];
  const target = large.getContext('2d');
  if (!target) return canvas;
  target.imageSmoothingEnabled = false;
  target.drawImage(canvas, 0, 0, large.width, large.height);
  return large;
}

/** A text node line by line. */
function linesOf(node: Text): readonly { readonly text: string; readonly rect: DOMRect }[] {
  const { data } = node;
  const range = document.createRange();
  // Spaces around the words would move them.
  const first = data.length - data.trimStart().length;
  range.setStart(node, first);
  range.setEnd(node, Math.max(first, data.trimEnd().length));
  const whole = range.getClientRects();
  const [only] = whole;
  const tidy = (text: string): string => text.replace(/[\t\n\r ]+/g, ' ').trim();
  if (whole.length <= 1) return only ? [{ text: tidy(data), rect: only }] : [];
  const lines: { text: string; rect: DOMRect }[] = [];
  // By words: a line breaks between them, and where one has no end, between its letters.
  for (const { index, 0: piece } of data.matchAll(/\S+\s*/g)) {
    const pieces = piece.trimEnd().length > 24 ? Array.from(piece) : [piece];
    let at = index;
    for (const one of pieces) {
      range.setStart(node, at);
      range.setEnd(node, at + Math.max(1, one.trimEnd().length));
      at += one.length;
      const [rect] = range.getClientRects();
      if (!rect) continue;
      const line = lines.at(-1);
      if (line && Math.abs(line.rect.top - rect.top) < rect.height / 2) {
        line.text += one;
        line.rect = new DOMRect(
          line.rect.left,
          line.rect.top,
          rect.right - line.rect.left,
          line.rect.height,
        );
      } else lines.push({ text: one, rect });
    }
  }
  return lines.map(({ text, rect }) => ({ text: tidy(text), rect }));
}
