/** What the pictures that come with the page are drawn with. Everything random is hashed from whole numbers. */

/** Linear red, green and blue. */
export type Light = readonly [red: number, green: number, blue: number];

/** The light at a place, x to the right and y down from 0 to 1. */
export type Scene = (x: number, y: number) => Light;

/** v, but within the two. */
export const clamp = (v: number, low = 0, high = 1): number => Math.min(high, Math.max(low, v));

/** From 0 at a to 1 at b, smoothly. */
export const smooth = (a: number, b: number, v: number): number => {
  const t = clamp((v - a) / (b - a));
  return t * t * (3 - 2 * t);
};

/** From a at 0 to b at 1. */
export const mix = (a: Light, b: Light, t: number): Light => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

/** So many times as much of it. */
export const times = (a: Light, t: number): Light => [a[0] * t, a[1] * t, a[2] * t];

/** Both lights together. */
export const plus = (a: Light, b: Light): Light => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** The light of an sRGB colour, `#c03030`. */
export const light = (colour: string): Light => {
  const part = (from: number): number => {
    const v = parseInt(colour.slice(from, from + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
};

/** The light at t of some that stand at their places, smoothly. */
export const ramp = (stops: readonly (readonly [at: number, light: Light])[], t: number): Light => {
  let [from, found] = stops[0] ?? [0, [0, 0, 0]];
  for (const [to, next] of stops.slice(1)) {
    if (t > from) found = mix(found, next, smooth(from, to, t));
    from = to;
  }
  return found;
};

/** Chance of whole numbers, 0 to 1. */
export const hash = (i: number, j: number, seed: number): number => {
  let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(seed, 1274126177);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
};

/** Smooth noise, 0 to 1, of cells of size 1. */
export const noise = (x: number, y: number, seed: number): number => {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smooth(0, 1, x - i), smooth(0, 1, y - j)];
  const above = hash(i, j, seed) * (1 - u) + hash(i + 1, j, seed) * u;
  const below = hash(i, j + 1, seed) * (1 - u) + hash(i + 1, j + 1, seed) * u;
  return above * (1 - v) + below * v;
};

/** Three octaves of it. */
export const cloudy = (x: number, y: number, seed: number): number =>
  (4 * noise(x, y, seed) + 2 * noise(2 * x, 2 * y, seed + 1) + noise(4 * x, 4 * y, seed + 2)) / 7;

/** How far inside of a round thing a place is, 0 at its edge and 1 in its middle, and which way its nearest edge lies. */
export interface Round {
  readonly inside: number;
  readonly gx: number;
  readonly gy: number;
}

/** A round thing in light from the upper left. */
export const rounded = (
  colour: Light,
  { inside, gx, gy }: Round,
  { gloss = 0.5, sharp = 28 }: { readonly gloss?: number; readonly sharp?: number } = {},
): Light => {
  const out = 1 - clamp(inside);
  const [nx, ny, nz] = [gx * out, gy * out, Math.sqrt(Math.max(0, 1 - out * out))];
  const lit = Math.max(0, -0.5 * nx - 0.6 * ny + 0.62 * nz);
  // Half way between the light and who looks.
  const shine = Math.max(0, -0.28 * nx - 0.335 * ny + 0.9 * nz) ** sharp;
  // Some light comes back from below.
  const back = 0.1 * Math.max(0, ny) + 0.05 * Math.max(0, nx);
  return plus(times(colour, 0.1 + 1.05 * lit + back), times([1, 0.97, 0.9], gloss * shine));
};

/** A ball at a place; undefined beside it. */
export const ball = (
  x: number,
  y: number,
  [cx, cy, r]: readonly [x: number, y: number, radius: number],
): Round | undefined => {
  const [dx, dy] = [x - cx, y - cy];
  const d = Math.hypot(dx, dy);
  return d < r ? { inside: 1 - d / r, gx: dx / (d || 1), gy: dy / (d || 1) } : undefined;
};
