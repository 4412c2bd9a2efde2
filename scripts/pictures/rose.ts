import { smooth, mix, times, light, hash, cloudy, type Scene } from './light.ts';

const { abs, atan2, floor, hypot, min, PI } = Math;

/** A rose window of stained glass. */
export const rose: Scene = (x, y) => {
  const [dx, dy] = [x - 0.5, y - 0.5];
  const [r, angle] = [hypot(dx, dy), atan2(dy, dx)];
  const stone = times(
    mix(light('#3a3340'), light('#17151f'), smooth(0.45, 0.75, r)),
    0.8 + 0.4 * cloudy(9 * x, 9 * y, 81),
  );
  if (r > 0.47) {
    // Small roundels in the corners.
    const [ax, ay] = [abs(dx), abs(dy)];
    const d = hypot(ax - 0.42, ay - 0.42);
    return d < 0.055 ? times(light('#2d7fd6'), 1.25 - 9 * d) : d < 0.07 ? light('#0d0b12') : stone;
  }
  const rings = [
    { from: 0, to: 0.085, count: 6, colours: ['#ffd84a', '#ff9b2f'] },
    { from: 0.085, to: 0.2, count: 12, colours: ['#d81e3a', '#f2a71b'] },
    { from: 0.2, to: 0.33, count: 12, colours: ['#1d5fd0', '#21a3c9'] },
    { from: 0.33, to: 0.47, count: 24, colours: ['#7a2fb0', '#1b8f5a', '#d12a5f', '#1d5fd0'] },
  ];
  const at = rings.findIndex(({ to }) => r < to);
  const ring = rings[at];
  if (!ring) return stone;
  const { from, to, count, colours } = ring;
  const turn = (angle / (2 * PI)) * count + 0.5 * (at % 2) + count;
  const piece = floor(turn);
  const within = turn - piece;
  // Lead along every edge of a piece, and petals within the two rings in the middle.
  const lead = min(
    min(within, 1 - within) * ((2 * PI * r) / count),
    r - from + (at === 0 ? 1 : 0),
    to - r,
  );
  const petal =
    at === 1 || at === 2
      ? hypot(((within - 0.5) * ((2 * PI * r) / count)) / 0.042, (r - (from + to) / 2) / 0.047)
      : 9;
  let glass = light(colours[piece % colours.length] ?? '');
  if (petal < 1) glass = light(at === 1 ? '#ffe9a0' : '#e9364f');
  const pane = 0.62 + 0.55 * hash(piece % count, at, 82) * 0.5 + 0.35 * cloudy(14 * x, 14 * y, 83);
  const sun = 1.35 - 0.9 * hypot(x - 0.42, y - 0.36);
  const edges = min(lead, abs(petal - 1) * 0.044);
  return mix(light('#0c0a10'), times(glass, 1.5 * pane * sun), smooth(0.003, 0.011, edges));
};
