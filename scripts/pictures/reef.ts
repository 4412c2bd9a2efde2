import {
  clamp,
  smooth,
  mix,
  times,
  plus,
  light,
  ramp,
  hash,
  noise,
  cloudy,
  rounded,
  ball,
  type Scene,
} from './light.ts';

const { abs, cos, floor, hypot, min, sin, sqrt } = Math;

/** A reef under water. */
export const reef: Scene = (x, y) => {
  let seen = ramp(
    [
      [0, light('#7fe0e6')],
      [0.25, light('#2ba9cf')],
      [0.6, light('#0f6aa8')],
      [1, light('#0a3f7c')],
    ],
    y,
  );
  // Rays from above, fading downwards.
  const fan = (x - 0.3) / (y + 0.55);
  const ray = smooth(0.5, 0.85, noise(11 * fan + 20, 0.5, 61));
  seen = plus(seen, times(light('#bff5ee'), 0.32 * ray * (1 - smooth(0.1, 0.75, y))));
  const floorAt = 0.83 + 0.03 * sin(5 * x + 1) + 0.02 * noise(7 * x, 0, 62);
  if (y > floorAt) {
    const net = abs(noise(11 * x, 20 * y, 63) - 0.5) + abs(noise(15 * x + 3, 24 * y, 64) - 0.5);
    const sand = mix(light('#c9b98a'), light('#6f8f92'), smooth(floorAt, 1.05, y));
    seen = times(sand, 0.75 + 0.5 * smooth(0.28, 0.05, net));
  }
  // Rocks behind: a mound on either side.
  const mound = 0.62 + 0.55 * (x - 0.12) ** 2 * 4 + 0.05 * noise(9 * x, 0, 65);
  if (x < 0.45 && y > mound && y < 0.9)
    seen = times(mix(light('#2b4f7d'), light('#5a4b86'), cloudy(8 * x, 8 * y, 66)), 1.1);
  // Tubes of a sponge.
  for (const [cx, top, wide] of [
    [0.09, 0.46, 0.042],
    [0.2, 0.37, 0.05],
    [0.29, 0.52, 0.04],
  ] as const) {
    const bend = cx + 0.03 * sin(4 * y + cx * 20);
    const across = (x - bend) / (wide * (1.12 - 0.25 * (y - top)));
    if (y > top && y < 0.87 && abs(across) < 1) {
      const tube = mix(light('#ffb13b'), light('#e2542a'), smooth(top, 0.85, y));
      const round = sqrt(1 - across * across);
      seen = times(tube, 0.3 + 0.75 * round - 0.28 * across + 0.1 * noise(40 * x, 40 * y, 67));
    }
    const rim = hypot((x - bend) / wide, (y - top) / (0.36 * wide));
    if (rim < 1) seen = rim < 0.66 ? light('#5c1a1d') : light('#ffd07a');
  }
  // A fan of coral: boughs that fork.
  const bough = (px: number, py: number) => {
    let nearest = 1;
    const grow = (ax: number, ay: number, way: number, long: number, deep: number) => {
      const [bx, by] = [ax + long * sin(way), ay - long * cos(way)];
      const t = clamp(((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / (long * long));
      const thick = 0.019 * 0.78 ** deep * (1 - 0.2 * t);
      nearest = min(nearest, hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay)) / thick);
      if (deep > 4) return;
      const sway = 0.42 + 0.16 * hash(deep, floor(1000 * bx), 68);
      grow(bx, by, way - sway, 0.8 * long, deep + 1);
      grow(bx, by, way + sway * 0.92, 0.8 * long, deep + 1);
    };
    grow(0.78, 0.9, -0.04, 0.135, 0);
    return nearest;
  };
  const twig = x > 0.42 && y > 0.28 && y < 0.92 ? bough(x, y) : 2;
  if (twig < 1)
    seen = times(
      mix(light('#ff6f9f'), light('#c02a78'), smooth(0.4, 0.9, y)),
      1.15 - 0.6 * twig * twig,
    );
  // A brain coral.
  const brain = ball(x, y, [0.49, 0.9, 0.155]);
  if (brain && y < 0.93) {
    const maze = sin(46 * x + 5 * sin(17 * y + 3 * sin(15 * x)));
    const skin = mix(light('#2f8f5b'), light('#b5e07a'), smooth(-0.5, 0.6, maze));
    seen = rounded(skin, brain, { gloss: 0.05 });
  }
  // Fish: a large one and a few far away.
  const fish = (cx: number, cy: number, size: number, near: boolean) => {
    const [u, v] = [(x - cx) / size, (y - cy) / size];
    const body = hypot(u / 1.5, v / (0.92 - 0.1 * u));
    const tail = u > 1.2 && u < 2.05 && abs(v) < 0.16 + 0.62 * (u - 1.2);
    const fin = abs(u - 0.1) < 0.75 && v < 0 && v > -1.25 + 0.5 * (u - 0.1) ** 2;
    if (body > 1 && !tail && !(fin && near)) return;
    if (!near) {
      seen = mix(seen, light('#f7e27a'), 0.75);
      return;
    }
    const stripe = abs(u + 0.62) < 0.17 || abs(u - 0.42) < 0.19 || (u > 1.02 && u < 1.28);
    const scale = stripe
      ? light('#fdf6ea')
      : mix(light('#ff8a1f'), light('#e4480f'), smooth(-0.7, 0.8, v));
    const belly = body < 1 ? 0.75 + 0.4 * sqrt(1 - body * body) - 0.25 * v : 0.95;
    seen = times(scale, belly);
    if (stripe ? abs(abs(u + 0.62) - 0.17) < 0.05 || abs(abs(u - 0.42) - 0.19) < 0.05 : false)
      seen = light('#1d1420');
    const eye = hypot(u + 1.05, v + 0.16);
    if (eye < 0.2) seen = eye < 0.13 ? light('#120c18') : light('#fffbe8');
  };
  fish(0.72, 0.16, 0.022, false);
  fish(0.8, 0.22, 0.02, false);
  fish(0.66, 0.24, 0.018, false);
  fish(0.88, 0.13, 0.017, false);
  fish(0.47, 0.46, 0.088, true);
  return seen;
};
