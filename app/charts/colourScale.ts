import { viridis, type Bytes3 } from './viridis.ts';

/**
 * How numbers become colours: `grey` from black to white, `sequential` by viridis, `diverging` from blue through
 * the page's own ground at zero to orange, for what has a sign.
 */
export type Colouring = 'grey' | 'sequential' | 'diverging';

/** A scale from the least to the greatest value; what lies outside has the colour of its end. */
export interface ColourScale {
  readonly colouring: Colouring;
  readonly low: number;
  readonly high: number;
  readonly colour: (value: number) => Bytes3;
  /** The page below the picture: what stands where there is no cell. */
  readonly ground: Bytes3;
}

type Stops = readonly [Bytes3, Bytes3, Bytes3, Bytes3, Bytes3];

/** Zero has the colour of the page, so that what is small recedes in either theme. */
const diverging: Readonly<Record<'light' | 'dark', Stops>> = {
  light: [
    [21, 48, 143],
    [120, 152, 214],
    [247, 248, 250],
    [240, 170, 96],
    [150, 77, 9],
  ],
  dark: [
    [143, 176, 255],
    [58, 88, 160],
    [27, 34, 43],
    [163, 88, 32],
    [255, 178, 122],
  ],
};

/** The colour at `share` of five stops that stand at equal distances. */
function between(stops: Stops, share: number): Bytes3 {
  const at = 4 * Math.min(1, Math.max(0, share));
  const index = Math.min(3, Math.floor(at));
  const [from, to] = [stops[index] ?? stops[0], stops[index + 1] ?? stops[4]];
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(from[channel] + (at - index) * (to[channel] - from[channel]));
  return [mix(0), mix(1), mix(2)];
}

/** A scale over `[low, high]`. A diverging one is made symmetric, so that zero is its middle. */
export function colourScale(
  colouring: Colouring,
  [low, high]: readonly [number, number],
  theme: string,
): ColourScale {
  const ground: Bytes3 = theme === 'dark' ? [15, 20, 25] : [255, 255, 255];
  if (colouring === 'diverging') {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const stops = diverging[theme === 'dark' ? 'dark' : 'light'];
    return {
      ...{ colouring, ground, low: -most, high: most },
      colour: (value) => between(stops, (value / most + 1) / 2),
    };
  }
  const span = high - low || 1;
  return {
    ...{ colouring, ground, low, high },
    colour: (value) => {
      const share = Math.min(1, Math.max(0, (value - low) / span));
      if (colouring === 'sequential') return viridis(share);
      const grey = Math.round(255 * share);
      return [grey, grey, grey];
    },
  };
}

/** Least and greatest of the finite values; `[0, 0]` where there is none. */
export function finiteRange(values: Iterable<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? [0, 0] : [low, high];
}

/** Whether a range is best drawn about zero: it has both signs. */
export const hasBothSigns = ([low, high]: readonly [number, number]): boolean =>
  low < 0 && high > 0;

/** The whole scale from left to right, for a legend. */
export function scaleGradient({ low, high, colour }: ColourScale): string {
  const steps = Array.from({ length: 9 }, (_, step) => {
    const rgb = colour(low + ((high - low) * step) / 8);
    return `rgb(${rgb.join(' ')})`;
  });
  return `linear-gradient(90deg, ${steps.join(', ')})`;
}
