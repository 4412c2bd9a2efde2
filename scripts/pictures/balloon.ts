import {
  clamp,
  smooth,
  mix,
  times,
  plus,
  light,
  ramp,
  noise,
  cloudy,
  type Scene,
} from './light.ts';

const { abs, cos, exp, floor, hypot, max, min, PI, sqrt } = Math;

/** Hot-air balloons over mountains. */
export const balloon: Scene = (x, y) => {
  let seen = ramp(
    [
      [0, light('#2f6fd0')],
      [0.45, light('#79b9ee')],
      [0.75, light('#e9e3cf')],
      [1, light('#f3d9b8')],
    ],
    y,
  );
  const cloud = (cx: number, cy: number, wide: number) => {
    const [u, v] = [(x - cx) / wide, (y - cy) / (0.36 * wide)];
    const puff = 1 - hypot(u, v) + 0.9 * (cloudy(7 * x + cx * 9, 9 * y, 71) - 0.45);
    const body = mix(light('#ffffff'), light('#c3cfe6'), smooth(-0.5, 0.7, v));
    seen = mix(seen, body, 0.92 * smooth(0.05, 0.5, puff));
  };
  cloud(0.14, 0.2, 0.24);
  cloud(0.93, 0.42, 0.26);
  cloud(0.1, 0.56, 0.2);
  const ridge = (base: number, high: number, fine: number, seed: number) =>
    base - high * noise(fine * x, 0, seed) - 0.3 * high * noise(3 * fine * x, 0, seed + 1);
  const back = ridge(0.88, 0.2, 3.6, 72);
  if (y > back) {
    const snow = smooth(0.1, 0.02, y - back + 0.05 * noise(20 * x, 20 * y, 74));
    const rock = mix(light('#6f84b5'), light('#a7b6d3'), smooth(0.72, 0.92, y));
    seen = mix(rock, light('#f4f7ff'), 0.8 * snow);
  }
  if (y > ridge(0.97, 0.13, 4.4, 75))
    seen = mix(light('#4d8a63'), light('#8fb86a'), smooth(0.86, 1, y));
  if (y > ridge(1.03, 0.1, 6, 77))
    seen = times(
      mix(light('#23593f'), light('#3c7a3f'), smooth(0.93, 1, y)),
      0.8 + 0.4 * noise(26 * x, 26 * y, 79),
    );
  const gores = ['#d7263d', '#f7b32b', '#1b998b', '#f46036', '#2e4aa8'];
  const hang = (cx: number, cy: number, size: number, colours: readonly string[]) => {
    const [u, v] = [(x - cx) / size, (y - cy) / size];
    // A sphere that narrows to its mouth.
    const half =
      v < 0.1
        ? sqrt(max(0, 1 - (v - 0.1) ** 2 / 1.21))
        : cos((clamp((v - 0.1) / 1.42) * PI) / 2) ** 0.82;
    if (v > -1 && v < 1.32 && abs(u) < half) {
      const across = u / half;
      const round = Math.asin(clamp(across, -1, 1));
      const gore = floor((round / PI) * 9 + 20.5);
      const within = ((round / PI) * 9 + 20.5) % 1;
      const band = v > 0.52 && v < 0.74;
      const cloth = band ? light('#fff3d6') : light(colours[gore % colours.length] ?? '');
      const nz = sqrt(1 - across * across);
      const lit = 0.4 + 0.62 * max(0, -0.55 * across + 0.62 * nz - 0.32 * (v - 0.1));
      const seam = 0.8 + 0.2 * smooth(0, 0.22, min(within, 1 - within));
      seen = plus(
        times(cloth, 1.05 * lit * seam),
        times([1, 0.95, 0.85], 0.35 * exp(-9 * ((across + 0.45) ** 2 + (v + 0.35) ** 2))),
      );
    }
    // Ropes and a basket.
    const rope =
      v > 1.3 &&
      v < 1.66 &&
      (abs(u - 0.17 + 0.06 * (v - 1.3)) < 0.022 || abs(u + 0.17 - 0.06 * (v - 1.3)) < 0.022);
    if (rope) seen = light('#5d4630');
    if (v >= 1.62 && v < 1.92 && abs(u) < 0.2 - 0.06 * (v - 1.62))
      seen = times(light('#9a6433'), v < 1.69 ? 0.6 : 1.05 - 0.9 * max(0, u));
  };
  hang(0.8, 0.2, 0.085, ['#7b2d8b', '#f4d35e', '#ee6c8a']);
  hang(0.43, 0.37, 0.255, gores);
  return seen;
};
