/** The smallest equilibrium there is, one number z with f(z) = tanh(w z + b), for the Learn view. */
export interface Toy {
  readonly w: number;
  readonly b: number;
}

/** One evaluation. */
export const evaluate = ({ w, b }: Toy, z: number): number => Math.tanh(w * z + b);

/** Damped plain iteration from `start`: the start and `count` further points. */
export function iterateToy(toy: Toy, start: number, count: number, damping = 1): number[] {
  const points = [start];
  for (let k = 0; k < count; k++) {
    const z = points.at(-1) ?? start;
    points.push((1 - damping) * z + damping * evaluate(toy, z));
  }
  return points;
}

/** The fixed point below 1 in absolute value that Newton's method finds from 0. */
export function solveToy(toy: Toy): number {
  let z = 0;
  for (let k = 0; k < 100; k++) {
    const value = evaluate(toy, z);
    const slope = toy.w * (1 - value * value) - 1;
    // Damped, as the slope vanishes where two fixed points meet.
    const step = Math.abs(slope) < 1e-3 ? value - z : -(value - z) / slope;
    z = Math.max(-1, Math.min(1, z + Math.max(-0.5, Math.min(0.5, step))));
  }
  return z;
}

/** dz*∕dw at a fixed point: by the implicit function theorem, and by the first `terms` of its series. */
export function toyGradients(
  { w }: Toy,
  z: number,
  terms: number,
): { readonly exact: number; readonly series: readonly number[] } {
  const s = 1 - z * z;
  const series: number[] = [];
  let sum = 0;
  for (let i = 0; i < terms; i++) {
    sum += s * z * (s * w) ** i;
    series.push(sum);
  }
  return { exact: (s * z) / (1 - s * w), series };
}
