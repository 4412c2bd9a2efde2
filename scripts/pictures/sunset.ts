import { smooth, mix, times, plus, light, ramp, noise, cloudy, type Scene } from './light.ts';

const { abs, exp, hypot } = Math;

/** A lake between hills at sunset. */
export const sunset: Scene = (x, y) => {
  const shore = 0.66;
  const sky = (px: number, py: number) => {
    const [sx, sy] = [0.64, 0.5];
    const d = hypot(px - sx, py - sy);
    const base = ramp(
      [
        [0, light('#1d2a66')],
        [0.2, light('#4a3f8f')],
        [0.36, light('#b0559a')],
        [0.48, light('#f47f5c')],
        [0.62, light('#ffc45e')],
      ],
      py + 0.06 * (1 - px),
    );
    const streak = smooth(0.5, 0.78, cloudy(3.2 * px + 9, 13 * py - 2 * px, 3));
    const under = mix(light('#6d3f86'), light('#ff9d7a'), smooth(0.1, 0.42, py));
    const clouded = mix(base, under, 0.75 * streak * (1 - smooth(0.4, 0.56, py)));
    const glow = times(light('#ffb45a'), 0.75 * exp(-d / 0.14) + 0.25 * exp(-d / 0.4));
    return mix(plus(clouded, glow), light('#fff1b8'), 1 - smooth(0.062, 0.068, d));
  };
  const far = 0.535 + 0.075 * noise(4.3 * x, 0, 11) + 0.025 * noise(11 * x, 0, 12) - 0.05 * x;
  const middle = 0.6 + 0.09 * noise(3.1 * x + 4, 0, 13) - 0.055 * (1 - x) ** 2;
  const land = (px: number, py: number) => {
    if (py > middle) return mix(light('#3c2a63'), light('#6b3d70'), smooth(0.58, shore, py));
    if (py > far) return mix(light('#7d4c8c'), light('#d5777a'), smooth(0.52, 0.64, py));
    return sky(px, py);
  };
  let seen = land(x, y);
  if (y > shore) {
    // Water repeats what is above, drawn out and broken by ripples.
    const deep = (y - shore) / (1 - shore);
    const ripple = 0.03 * deep * (noise(9 * x, 60 * (y - shore) ** 0.8, 21) - 0.5);
    const mirrored = shore - 0.9 * (y - shore) + ripple;
    seen = times(sky(x + 0.6 * ripple, mirrored - 0.02), 0.72 - 0.25 * deep);
    const path = exp(-(((x - 0.64) / (0.035 + 0.1 * deep)) ** 2));
    const glint = smooth(0.45, 0.75, noise(7 * x, 46 * (y - shore), 22));
    seen = plus(seen, times(light('#ffc57a'), 0.9 * path * glint));
    seen = mix(times(light('#53305f'), 0.8), seen, smooth(shore, shore + 0.035, y));
  }
  // A bank with reeds and two firs before it all.
  const bank = 0.93 - 0.09 * (1 - x) ** 3 - 0.05 * noise(5 * x, 0, 31) * (1 - x);
  const fir = (cx: number, top: number, foot: number) => {
    const t = (y - top) / (foot - top);
    if (t < 0 || y > foot + 0.05) return false;
    const tooth = 0.55 + 0.45 * ((6.5 * t) % 1);
    return abs(x - cx) < 0.095 * (foot - top) * 3.1 * t ** 0.9 * tooth + 0.004;
  };
  if (y > bank || fir(0.13, 0.36, 0.93) || fir(0.27, 0.56, 0.95)) return light('#150f2b');
  return seen;
};
