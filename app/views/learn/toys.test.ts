import { expect, it } from 'vitest';
import { evaluate, iterateToy, solveToy, toyGradients } from './toys.ts';

const toys = [
  { w: 0.5, b: 0.5 },
  { w: -1.8, b: 0.4 },
  { w: 0.95, b: 0.3 },
  { w: 1.2, b: 0.5 },
];

it.each(toys)('finds a fixed point of w = $w, b = $b', (toy) => {
  const z = solveToy(toy);
  expect(evaluate(toy, z)).toBeCloseTo(z, 10);
});

it('settles by plain iteration where the slope is below 1, and swings where it is above', () => {
  const [contraction = { w: 0, b: 0 }, swinging = { w: 0, b: 0 }] = toys;
  expect(iterateToy(contraction, 0, 40).at(-1)).toBeCloseTo(solveToy(contraction), 6);
  const far = iterateToy(swinging, 0, 40).slice(-2);
  expect(Math.abs((far[0] ?? 0) - (far[1] ?? 0))).toBeGreaterThan(0.5);
  expect(iterateToy(swinging, 0, 60, 0.5).at(-1)).toBeCloseTo(solveToy(swinging), 4);
});

it.each(toys.slice(0, 3))('has the gradient that a small change of w has: $w', (toy) => {
  const step = 1e-6;
  const difference =
    (solveToy({ ...toy, w: toy.w + step }) - solveToy({ ...toy, w: toy.w - step })) / (2 * step);
  const z = solveToy(toy);
  expect(toyGradients(toy, z, 1).exact).toBeCloseTo(difference, 4);
});

it('approaches the exact gradient by the series where the layer contracts', () => {
  const toy = { w: 0.8, b: 0.5 };
  const { exact, series } = toyGradients(toy, solveToy(toy), 60);
  expect(series.at(-1)).toBeCloseTo(exact, 6);
  expect(Math.abs((series[0] ?? 0) - exact)).toBeGreaterThan(0.02);
});
