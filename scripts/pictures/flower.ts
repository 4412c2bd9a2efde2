import { smooth, mix, times, light, hash, noise, cloudy, type Scene } from './light.ts';

const { abs, atan2, cos, floor, hypot, max, min, PI, sin, sqrt } = Math;

/** A dahlia before leaves out of focus. */
export const flower: Scene = (x, y) => {
  const [dx, dy] = [x - 0.5, y - 0.49];
  const [r, angle] = [hypot(dx, dy), atan2(dy, dx)];
  let seen = mix(light('#17492f'), light('#3f8a45'), cloudy(3 * x + 5, 3 * y, 51));
  seen = mix(seen, light('#b7cf6a'), 0.65 * smooth(0.5, 0.85, noise(3.2 * x, 3.2 * y + 7, 52)));
  for (const [cx, cy, wide, colour] of [
    [0.1, 0.12, 0.09, '#d9e58a'],
    [0.9, 0.2, 0.07, '#9fd0a0'],
    [0.93, 0.85, 0.1, '#8fc26a'],
    [0.08, 0.86, 0.07, '#e3d58a'],
  ] as const)
    seen = mix(seen, light(colour), 0.55 * smooth(wide, wide - 0.03, hypot(x - cx, y - cy)));
  // Rings of petals from the outside in, each a little lighter and turned by half a petal.
  const rings = [
    { count: 13, reach: 0.47, wide: 0.125, tip: '#b3125f', root: '#6d0d52' },
    { count: 13, reach: 0.37, wide: 0.105, tip: '#e0307c', root: '#8e1259' },
    { count: 11, reach: 0.275, wide: 0.09, tip: '#f46b9c', root: '#b51e62' },
    { count: 9, reach: 0.19, wide: 0.07, tip: '#ff9fb6', root: '#d43a70' },
  ];
  for (const [ring, { count, reach, wide, tip, root }] of rings.entries()) {
    const step = (2 * PI) / count;
    const turn = angle / step + 0.5 * ring + 0.17 * ring;
    // The petal below and the one above it.
    for (const at of [floor(turn) + 1, floor(turn), floor(turn + 0.5)]) {
      const own = reach * (0.94 + 0.1 * hash(((at % count) + count) % count, ring, 53));
      const off = (turn - at) * step;
      const [along, across] = [(r * cos(off)) / own, r * sin(off)];
      if (along < 0 || along > 1) continue;
      const half = wide * sqrt(max(0, along)) * sqrt(max(0, 1 - along ** 3.2)) * 0.92;
      if (abs(across) > half) continue;
      const side = across / half;
      const vein = 0.93 + 0.07 * cos(9 * side);
      const fold = 0.74 + 0.34 * sqrt(max(0, 1 - side * side)) - 0.2 * max(0, side) ** 2;
      const sun = 1 + 0.22 * cos(angle + 2.2);
      seen = times(mix(light(root), light(tip), smooth(0.15, 0.95, along)), vein * fold * sun);
    }
  }
  if (r < 0.098) {
    // Seeds by the golden angle.
    let best = 1;
    for (let i = 0; i < 60; i++) {
      const [sr, sa] = [0.0122 * sqrt(i + 0.5), 2.399963 * i];
      best = min(best, hypot(dx - sr * cos(sa), dy - sr * sin(sa)));
    }
    const core = mix(light('#ffd23c'), light('#b9540f'), smooth(0.02, 0.1, r));
    seen = times(core, 1.15 - 0.75 * smooth(0.002, 0.0095, best));
    seen = times(seen, 1.05 - 0.35 * smooth(0.05, 0.1, r));
  }
  return seen;
};
