import {
  clamp,
  smooth,
  mix,
  times,
  light,
  hash,
  noise,
  cloudy,
  rounded,
  ball,
  type Scene,
} from './light.ts';

const { abs, atan2, exp, hypot } = Math;

/** Shade below a thing that stands on something. */
const shade = (x: number, y: number, cx: number, cy: number, wide: number): number =>
  1 - 0.62 * exp(-(((x - cx) / wide) ** 2) - ((y - cy) / (0.3 * wide)) ** 2);

/** Fruit on a table. */
export const fruit: Scene = (x, y) => {
  const edge = 0.6;
  let seen =
    y < edge
      ? times(
          mix(light('#2f7f86'), light('#123f52'), smooth(0.1, 1.1, hypot(x - 0.25, y - 0.15))),
          0.9 + 0.25 * cloudy(4 * x, 4 * y, 41),
        )
      : times(
          mix(light('#c98d4e'), light('#8a5226'), smooth(edge, 1.05, y)),
          0.8 + 0.4 * cloudy(2.2 * x, 16 * y, 42),
        );
  if (y > edge) {
    for (const [cx, cy, wide] of [
      [0.36, 0.8, 0.2],
      [0.66, 0.83, 0.19],
      [0.83, 0.7, 0.15],
      [0.2, 0.9, 0.15],
      [0.5, 0.95, 0.14],
    ] as const)
      seen = times(seen, shade(x, y, cx + 0.04, cy, wide));
  } else seen = times(seen, 1 - 0.25 * smooth(0.14, 0, edge - y));
  // A pear: two balls that run into one another.
  const belly = hypot(x - 0.35, y - 0.62) - 0.17;
  const neck = hypot(x - 0.385, y - 0.38) - 0.075;
  const k = 0.13;
  const h = clamp(0.5 + (0.5 * (neck - belly)) / k);
  const pear = neck + (belly - neck) * h - k * h * (1 - h);
  if (pear < 0) {
    const [cx, cy] = [0.385 - 0.035 * h, 0.38 + 0.24 * h];
    const d = hypot(x - cx, y - cy) || 1;
    const skin = mix(light('#a9bf3a'), light('#e0b83c'), smooth(0.25, 0.45, x + 0.2 * (y - 0.5)));
    const blush = mix(skin, light('#c9502f'), 0.55 * smooth(0.4, 0.55, x) * smooth(0.45, 0.7, y));
    seen = rounded(
      blush,
      { inside: -pear / (0.08 + 0.09 * h), gx: (x - cx) / d, gy: (y - cy) / d },
      { gloss: 0.35 },
    );
  }
  if (abs(x - 0.4 - 0.25 * (0.32 - y) ** 1) < 0.011 && y > 0.22 && y < 0.325)
    seen = light('#4a2d18');
  const orange = ball(x, y, [0.83, 0.58, 0.135]);
  if (orange) {
    const peel = times(light('#f58a1c'), 0.86 + 0.28 * noise(60 * x, 60 * y, 43));
    seen = rounded(peel, orange, { gloss: 0.35, sharp: 14 });
  }
  const apple = ball(x, y * 1.04, [0.645, 0.7, 0.17]);
  const hollow = hypot((x - 0.64) / 1.7, y - 0.525);
  if (apple && hollow > 0.016) {
    const streaks = noise(28 * atan2(y - 0.5, x - 0.64), 5 * y, 44);
    const skin = mix(light('#c3172a'), light('#e8973a'), 0.6 * smooth(0.55, 0.95, streaks));
    seen = rounded(skin, apple, { gloss: 0.8, sharp: 40 });
    seen = times(seen, smooth(0, 0.07, hollow));
  }
  if (abs(x - 0.645 - 0.3 * (0.53 - y)) < 0.009 && y > 0.44 && y < 0.545) seen = light('#3f2614');
  const leaf = hypot(
    (x - 0.72) * 0.8 + (y - 0.455) * 0.45,
    ((y - 0.455) * 0.8 - (x - 0.72) * 0.3) * 2.6,
  );
  if (leaf < 0.062)
    seen = mix(light('#5fae4a'), light('#1f6b35'), smooth(0, 0.05, y - 0.44 + (x - 0.72) * 0.4));
  // A lemon, and grapes before them.
  const [lx, ly] = [x - 0.5, y - 0.865];
  const [along, across] = [0.95 * lx + 0.3 * ly, 0.95 * ly - 0.3 * lx];
  const lemon =
    hypot(along / 1.4, across) - 0.075 - 0.018 * exp(-(((abs(along) - 0.115) / 0.02) ** 2));
  if (lemon < 0) {
    const d = hypot(along / 1.9, across) || 1;
    const peel = times(light('#f7d51d'), 0.92 + 0.16 * noise(55 * x, 55 * y, 45));
    seen = rounded(
      peel,
      { inside: -lemon / 0.078, gx: along / 1.9 / d, gy: across / d },
      { gloss: 0.4, sharp: 18 },
    );
  }
  const grapes = [
    [0.1, 0.7],
    [0.19, 0.69],
    [0.06, 0.775],
    [0.145, 0.765],
    [0.235, 0.765],
    [0.1, 0.84],
    [0.19, 0.845],
    [0.28, 0.835],
    [0.145, 0.91],
    [0.235, 0.91],
  ] as const;
  for (const [i, [cx, cy]] of grapes.entries()) {
    const one = ball(x, y, [cx, cy, 0.053]);
    if (!one) continue;
    const skin = mix(light('#5b2a80'), light('#8c3b8e'), hash(i, 0, 46));
    seen = rounded(skin, one, { gloss: 0.7, sharp: 36 });
  }
  return seen;
};
