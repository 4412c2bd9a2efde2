import { afterEach, expect, it, vi } from 'vitest';
import { onFakeClock, openStarted, settle } from '../../../test/app/openStore.ts';
import { cardPlace } from './placement.ts';
import { savedStep, saveStep } from './progress.ts';
import { justDone, steps } from './steps.ts';

onFakeClock();
afterEach(() => {
  vi.unstubAllGlobals();
});

const stepNamed = (title: string) => {
  const step = steps.find((one) => one.title === title);
  if (!step) throw new Error(`There is no step “${title}”.`);
  return step;
};

it('has nine steps', () => {
  expect(steps).toHaveLength(9);
});

it('takes a step as done when the page has done it, and not when it was so before', async () => {
  const { act } = await openStarted();
  const before = act();
  act().step();
  await settle();
  expect(justDone(stepNamed('Take one step'), before, act())).toBe(true);
  expect(justDone(stepNamed('Take one step'), act(), act())).toBe(false);
  const method = stepNamed('Change the solver');
  act().change('solver.method', 'anderson');
  expect(justDone(method, before, act())).toBe(false);
  act().change('solver.method', 'picard');
  expect(justDone(method, before, act())).toBe(true);
  const tolerance = stepNamed('Ask for more');
  expect(justDone(tolerance, before, act())).toBe(true);
  expect(justDone(stepNamed('Read the residual'), before, act())).toBe(false);
});

it('remembers where it was left, and trusts nothing it finds', () => {
  const store = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
    removeItem: (key: string) => store.delete(key),
  });
  expect(savedStep()).toBe(0);
  saveStep(4);
  expect(savedStep()).toBe(4);
  saveStep(steps.length);
  expect(savedStep()).toBe(0);
  for (const nonsense of ['x', '99', '-1', '2.5']) {
    store.set('deq-tour', nonsense);
    expect(savedStep()).toBe(0);
  }
});

it('starts from the beginning where storage is blocked', () => {
  const blocked = (): never => {
    throw new Error('blocked');
  };
  vi.stubGlobal('localStorage', { getItem: blocked, setItem: blocked, removeItem: blocked });
  saveStep(3);
  expect(savedStep()).toBe(0);
});

it('keeps its card on the screen and off what it speaks of', () => {
  const screen = { width: 1000, height: 800 };
  const card = { height: 210 };
  const spots = [
    { left: 10, top: 60, width: 40, height: 40 },
    { left: 900, top: 700, width: 90, height: 40 },
    { left: 0, top: 0, width: 300, height: 800 },
  ];
  for (const spot of spots) {
    const { left, top, width } = cardPlace(spot, screen);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(screen.width);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top + card.height).toBeLessThanOrEqual(screen.height);
    const apart =
      left >= spot.left + spot.width ||
      left + width <= spot.left ||
      top >= spot.top + spot.height ||
      top + card.height <= spot.top;
    expect(apart).toBe(true);
  }
  expect(cardPlace(null, { width: 320, height: 600 }).width).toBeLessThanOrEqual(320);
});
