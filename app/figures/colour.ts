/** Colours as any program reads them: `#rrggbb` and an opacity, whatever notation the browser computed. */
export interface Paint {
  readonly colour: string;
  readonly opacity: number;
}

const cache = new Map<string, Paint | null>();
let target: CanvasRenderingContext2D | null | undefined;

const hex = (bytes: readonly number[]): string =>
  `#${bytes.map((byte) => Math.round(byte).toString(16).padStart(2, '0')).join('')}`;

/** A computed CSS colour; null where it is none, or all of it is see-through. */
export function paintOf(css: string): Paint | null {
  const known = cache.get(css);
  if (known !== undefined) return known;
  const paint = read(css);
  cache.set(css, paint);
  return paint;
}

function read(css: string): Paint | null {
  const rgb = /^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:,? \/? ?([\d.]+))?\)$/.exec(css);
  if (rgb) {
    const opacity = rgb[4] === undefined ? 1 : Number(rgb[4]);
    return opacity === 0 ? null : { colour: hex(rgb.slice(1, 4).map(Number)), opacity };
  }
  if (css === 'none' || css === 'transparent' || !CSS.supports('color', css)) return null;
  target ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext(
    '2d',
    { willReadFrequently: true },
  );
  if (!target) return null;
  // Other colour spaces, such as oklch: what the browser paints for them.
  target.clearRect(0, 0, 1, 1);
  target.fillStyle = css;
  target.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = target.getImageData(0, 0, 1, 1).data;
  return alpha === 0 ? null : { colour: hex([red, green, blue]), opacity: alpha / 255 };
}
