import { describe, expect, it } from 'vitest';
import type { StepReport } from '../../../../src/engine/protocol/protocol.ts';
import { stagesOf, subscript } from './slowMotion.ts';
import {
  axisNames,
  nearestPoint,
  planeScale,
  roundTicks,
  settlingFrom,
  trajectorySentence,
  turns,
  type Place,
} from './trajectory.ts';

const step: StepReport = {
  ...{ solve: 1, iteration: 4, method: 'anderson', residual: 0.2, image: 10, size: 9 },
  ...{ relative: 0.02, pull: 0.2 },
  ...{ step: 0.4, next: 0.1, evaluations: 1, inside: { weights: [7, -6] } },
};

const own = (method: StepReport['method'], damping: number) =>
  ({ method, damping, window: 5, convention: 'own' }) as const;

const spiral: readonly Place[] = Array.from({ length: 30 }, (_, k) => [
  0.85 ** k * Math.cos(0.6 * k),
  0.85 ** k * Math.sin(0.6 * k),
]);

describe('the trajectory', () => {
  it('is drawn with one unit for both axes, inside its box', () => {
    const scale = planeScale(spiral, 600, 200);
    for (const point of spiral) {
      const [x, y] = scale.at(point);
      expect(x > 0 && x < 600 && y > 0 && y < 200).toBe(true);
    }
    const [[x0], [x1]] = [scale.at([0, 0]), scale.at([1, 0])];
    const [[, y0], [, y1]] = [scale.at([0, 0]), scale.at([0, 1])];
    expect(x1 - x0).toBeCloseTo(y0 - y1);
    expect(planeScale([[2, 3]], 100, 100).at([2, 3])).toEqual([50, 50]);
  });

  it('names its axes and its shape', () => {
    expect(axisNames({ basis: 'pca', points: [], explained: [0.83, 0.12] })[0]).toBe(
      'PC 1, 83 % of the variance',
    );
    expect(axisNames({ basis: 'plane', points: [] })).toEqual(['z₁', 'z₂']);
    expect(turns(spiral)).toBeGreaterThan(2);
    expect(trajectorySentence({ basis: 'plane', points: spiral })).toMatch(/winds 2\.\d times/);
    const line = { basis: 'pca', explained: [1, 0] } as const;
    expect(
      trajectorySentence({
        ...line,
        points: [
          [0, 0],
          [1, 0],
          [1.1, 0],
        ],
      }),
    ).toBe(
      'From z₀ in 2 steps the way goes nearly straight to its end. The last step is 0.10 of the first.',
    );
    expect(trajectorySentence({ ...line, points: [[0, 0]] })).toMatch(/yet to come/);
  });

  it('finds its end, its points and round ticks', () => {
    expect(settlingFrom(spiral)).toBeGreaterThan(10);
    expect(settlingFrom([[0, 0]])).toBe(0);
    expect(
      nearestPoint(
        [
          [0, 0],
          [10, 0],
        ],
        [9, 1],
        5,
      ),
    ).toBe(1);
    expect(nearestPoint([[0, 0]], [9, 1], 5)).toBeNull();
    expect(roundTicks([-0.1, 1], 4)).toEqual([0, 0.5, 1]);
    expect(roundTicks([1, 1], 4)).toEqual([]);
  });
});

describe('slow motion', () => {
  it('tells five moments and warns of large weights', () => {
    const stages = stagesOf({ step, start: 0, solver: own('anderson', 1) });
    expect(stages.map(({ key }) => key)).toEqual([
      'evaluate',
      'residual',
      'solve',
      'step',
      'accept',
    ]);
    expect(stages[2]).toMatchObject({ signed: true, bars: [{ value: 7 }, { value: -6 }] });
    expect(stages[2]?.warning).toMatch(/largest weight is 7\.0/);
    expect(stages[3]?.words).toMatch(/2\.0 times as far as the layer points/);
    expect(stages[4]?.words).toMatch(/falls from 0\.20 to 0\.10/);
  });

  it('tells the residual by the rules in use', () => {
    const words = (convention: 'own' | 'mondeq', more: object = {}) =>
      stagesOf({
        step: { ...step, method: 'picard', residual: 0.1, next: 0.4, ...more },
        start: 0,
        solver: { ...own('picard', 0.5), convention },
      }).map((stage) => stage.words);
    expect(words('own')[1]).toContain('by 0.20, which is 2.0e-2 of its length');
    expect(words('own')[4]).toContain('the best point so far is kept');
    expect(words('mondeq')[1]).toMatch(
      /by 0\.20\. By the convention in use the residual is 0\.10, and the relative residual ‖z⁺ − z‖ \/ \(‖z⁺‖ \+ 1e-6\), over the whole batch, 2\.0e-2/,
    );
    expect(words('mondeq')[4]).toContain('the last point is the answer');
  });

  it('tells that Anderson’s first step is not damped', () => {
    const first = { ...step, inside: {} };
    const solver = own('anderson', 0.5);
    expect(stagesOf({ step: first, start: 0, solver })[3]?.words).toMatch(/^Undamped/);
    expect(stagesOf({ step, start: 0, solver })[3]?.words).toMatch(/^Damped by β = 0\.5/);
  });

  it('tells each method by what it solves', () => {
    const solve = (method: StepReport['method'], more: Partial<StepReport> = {}) =>
      stagesOf({ step: { ...step, method, ...more }, start: 3, solver: own(method, 0.5) });
    expect(solve('picard')[2]).toMatchObject({ title: 'Nothing to solve', bars: [] });
    expect(solve('broyden', { inside: { pairs: [1, 2] } })[2]?.words).toMatch(/2 corrections/);
    expect(solve('broyden', { evaluations: 3 })[3]?.words).toMatch(/3 trials of the line search/);
    expect(solve('picard')[3]?.formula).toBe('z₈ = z₇ + 0.5 · g');
    expect(solve('picard', { event: 'singular-system' })[4]?.warning).toMatch(/plain Picard step/);
    expect(solve('picard', { next: NaN })[4]?.words).toMatch(/blown up/);
    expect(subscript(120)).toBe('₁₂₀');
  });
});
