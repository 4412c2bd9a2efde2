/** Colours as the tests of the palette see them: as light, in a perceptual space, and with one cone missing. */

/** Red, green and blue as amounts of light, from 0 to 1. */
export type Light = readonly [number, number, number];

/** The light of `#rrggbb`. */
export function lightOf(hex: string): Light {
  const channel = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Contrast of two colours by WCAG 2, from 1 to 21. */
export function contrast(a: Light, b: Light): number {
  const luminance = ([red, green, blue]: Light): number =>
    0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Distance of two colours in OKLab (Ottosson 2020), times a hundred: about 2 is just noticeable. */
export function difference(a: Light, b: Light): number {
  const [first, second] = [oklab(a), oklab(b)];
  return 100 * Math.hypot(...first.map((value, index) => value - (second[index] ?? 0)));
}

function oklab(light: Light): readonly number[] {
  const cones = multiply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    light,
  ).map(Math.cbrt);
  return multiply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

/** How colours look to whom one kind of cone is missing: Machado, Oliveira, Fernandes 2009, severity 1. */
export const sights: Readonly<Record<string, (light: Light) => Light>> = {
  normal: (light) => light,
  protanopia: seenBy([
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ]),
  deuteranopia: seenBy([
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ]),
  tritanopia: seenBy([
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ]),
};

function seenBy(matrix: Matrix): (light: Light) => Light {
  return (light) => {
    const [red = 0, green = 0, blue = 0] = multiply(matrix, light).map((value) =>
      Math.min(1, Math.max(0, value)),
    );
    return [red, green, blue];
  };
}

type Matrix = readonly (readonly number[])[];

const multiply = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0));
