import type { Picture, PictureSize } from './picture.ts';

/** A picture of any size as canvases have it: red, green, blue and opacity, row by row, sRGB. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** A square of a raster, in its pixels; edges may lie within pixels. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** The largest square in the middle. */
export function middleOf({ width, height }: Pick<Raster, 'width' | 'height'>): Crop {
  const side = Math.min(width, height);
  return { left: (width - side) / 2, top: (height - side) / 2, side };
}

/** The square moved and, where it has to be, made smaller so that it lies within the raster; never under a pixel. */
export function cropWithin({ width, height }: Pick<Raster, 'width' | 'height'>, crop: Crop): Crop {
  const side = Math.max(1, Math.min(crop.side, width, height));
  const within = (at: number, room: number): number => Math.min(Math.max(0, at), room - side);
  return { left: within(crop.left, width), top: within(crop.top, height), side };
}

/** Light of an sRGB value 0 … 255 (IEC 61966-2-1). */
const light = Float64Array.from({ length: 256 }, (_, value) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});
const toByte = (linear: number): number =>
  Math.round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));

/** Whether anything in the raster is not opaque: it is laid on white. */
export function isTransparent({ width, height, data }: Raster): boolean {
  for (let i = 3; i < 4 * width * height; i += 4) if ((data[i] ?? 255) < 255) return true;
  return false;
}

/**
 * A square of a raster as a picture: every pixel is the mean light of what it covers, on white where that is
 * transparent. Grey is the light's luminance (BT.709). A crop smaller than the picture repeats pixels.
 */
export function pictureOf(
  raster: Raster,
  crop: Crop,
  { size, channels }: { readonly size: PictureSize; readonly channels: 1 | 3 },
): Picture {
  const { left, top, side } = cropWithin(raster, crop);
  const step = side / size;
  const columns = Array.from({ length: size }, (_, i) => span(left + i * step, step, raster.width));
  const pixels = new Uint8Array(size * size * channels);
  for (let row = 0; row < size; row++) {
    const rows = span(top + row * step, step, raster.height);
    for (const [column, across] of columns.entries()) {
      const [red, green, blue] = meanLight(raster, rows, across);
      const at = (row * size + column) * channels;
      if (channels === 1) pixels[at] = toByte(0.2126 * red + 0.7152 * green + 0.0722 * blue);
      else pixels.set([toByte(red), toByte(green), toByte(blue)], at);
    }
  }
  return { size, channels, pixels };
}

/** Pixels along an axis, and how much of each is covered. */
type Span = readonly (readonly [index: number, share: number])[];

function span(from: number, length: number, most: number): Span {
  const to = Math.min(most, from + length);
  const first = Math.min(most - 1, Math.floor(from));
  const last = Math.max(first, Math.ceil(to) - 1);
  const all = Array.from({ length: last - first + 1 }, (_, k) => {
    const index = first + k;
    return [index, Math.min(to, index + 1) - Math.max(from, index)] as const;
  });
  return all.filter(([, share]) => share > 1e-9);
}

function meanLight(
  { width, data }: Raster,
  rows: Span,
  columns: Span,
): readonly [number, number, number] {
  let [red, green, blue, area] = [0, 0, 0, 0];
  for (const [row, high] of rows)
    for (const [column, wide] of columns) {
      const at = 4 * (row * width + column);
      const share = high * wide;
      const opaque = (share * (data[at + 3] ?? 255)) / 255;
      const ground = share - opaque;
      red += opaque * (light[data[at] ?? 0] ?? 0) + ground;
      green += opaque * (light[data[at + 1] ?? 0] ?? 0) + ground;
      blue += opaque * (light[data[at + 2] ?? 0] ?? 0) + ground;
      area += share;
    }
  return [red / area, green / area, blue / area];
}

/** A picture as a raster, to be cropped and scaled again. */
export function rasterOf({ size, channels, pixels }: Picture): Raster {
  const data = new Uint8ClampedArray(4 * size * size).fill(255);
  for (let i = 0; i < size * size; i++)
    for (let k = 0; k < 3; k++)
      data[4 * i + k] = pixels[i * channels + (channels === 3 ? k : 0)] ?? 0;
  return { width: size, height: size, data };
}
