import { createRandom } from '../../data/random.ts';

/** Shapes that two classes of points lie on. */
export type PointsShape = 'moons' | 'rings' | 'spirals';

/** What the two classes of a shape are called. */
export const pointClasses: Readonly<Record<PointsShape, readonly [string, string]>> = {
  moons: ['upper moon', 'lower moon'],
  rings: ['inner ring', 'outer ring'],
  spirals: ['first arm', 'second arm'],
};

/** Points of the plane, each of one of two classes. */
export interface Points {
  /** `[x, y]` of each. */
  readonly at: readonly (readonly [number, number])[];
  /** 0 or 1. */
  readonly label: readonly number[];
}

/** The points of a set-up: those to learn from, and those held out. */
export interface PointSets {
  readonly learnt: Points;
  readonly heldOut: Points;
}

/** Half the side of the square about 0 that is drawn of the plane; nearly all points lie within. */
export const planeReach = 2;

const [learntCount, heldOutCount] = [500, 100];

/** Where a class's curve is at t in [0, 1]. */
const curves: Readonly<Record<PointsShape, (t: number, label: number) => [number, number]>> = {
  // Two half circles that reach into each other, as in scikit-learn's make_moons, about their middle.
  moons: (t, label) => {
    const angle = Math.PI * t;
    const [x, y] = [Math.cos(angle) - 0.5, Math.sin(angle) - 0.25];
    return label === 0 ? [x, y] : [-x, -y];
  },
  rings: (t, label) => {
    const radius = label === 0 ? 0.6 : 1.4;
    return [radius * Math.cos(2 * Math.PI * t), radius * Math.sin(2 * Math.PI * t)];
  },
  // Three quarters of a turn each, outwards.
  spirals: (t, label) => {
    const [radius, angle] = [0.25 + 1.35 * t, Math.PI * (1.5 * t + label)];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
};

/** Points of both classes in turn, moved off their curve by normal noise; the same for the same seed. */
export function drawPoints(shape: PointsShape, noise: number, seed: number): PointSets {
  const random = createRandom(seed).fork('points');
  const draw = (count: number, name: string): Points => {
    const chance = random.fork(name);
    const label = Array.from({ length: count }, (_, i) => i % 2);
    const at = label.map((one): [number, number] => {
      const [x, y] = curves[shape](chance.next(), one);
      return [x + noise * chance.normal(), y + noise * chance.normal()];
    });
    return { at, label };
  };
  return { learnt: draw(learntCount, 'learnt'), heldOut: draw(heldOutCount, 'held out') };
}
