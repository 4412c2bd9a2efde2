/** A solve that follows the pen. */
import { expect, it, vi } from 'vitest';
import { onFakeClock, openStarted, settle } from '../../../test/app/openStore.ts';
import { encodeDrawing } from '../../../src/inputs/drawing.ts';
import type { FakeOptions } from '../../../test/app/fakeEngine.ts';

onFakeClock();

/** A drawing of one pixel. */
const pixelAt = (at: number): string =>
  encodeDrawing(Float32Array.from({ length: 784 }, (_, i) => Number(i === at)));

async function openSolved(options?: FakeOptions) {
  const page = await openStarted(options);
  page.act().change('problem.family', 'monotone');
  page.act().change('monotone.weights', 'random');
  await settle();
  page.act().runToEnd();
  await settle();
  return page;
}

it('is solved to the end at once, and what it was stays on screen until then', async () => {
  const { act, calls, since, status } = await openSolved();
  const before = calls()?.length ?? 0;
  const { solve, records, experiment } = act();
  const seen = new Set<number>();
  act().change('drawing.pixels', pixelAt(7));
  for (let k = 0; k < 200; k++) {
    await vi.advanceTimersByTimeAsync(1);
    seen.add(act().records.length);
  }
  // Nothing in between: neither an empty curve nor one that grows.
  expect([...seen]).toEqual([records.length]);
  expect(since(before)?.slice(0, 2)).toEqual(['configure', 'run forward undefined']);
  expect(act().solve).toBeGreaterThan(solve);
  expect(act().applied).toBe(act().experiment);
  expect(act().applied).not.toBe(experiment);
  expect(status()).toMatch(/^Converged/);
});

it('a stroke is followed while it is drawn, and ends with its newest drawing', async () => {
  const { act, calls, since, status } = await openSolved();
  const said = new Set<string>();
  const before = calls()?.length ?? 0;
  const { solve } = act();
  for (let at = 0; at < 30; at++) {
    act().change('drawing.pixels', pixelAt(at));
    await vi.advanceTimersByTimeAsync(16);
    said.add(status());
  }
  // Drawings are solved all along, and that is what the status says.
  expect([...said]).toEqual(expect.arrayContaining(['Solving what is drawn…']));
  expect([...said].filter((words) => words.startsWith('Building'))).toEqual([]);
  const midway = act().solve;
  expect(midway).toBeGreaterThan(solve + 1);
  await settle();
  expect(act().applied).toBe(act().experiment);
  expect(act().status).toBe('converged');
  expect(act().following).toBe(false);
  // Not one for each change.
  expect(since(before)?.filter((name) => name === 'configure').length).toBeLessThan(25);
});

it('a solve that takes long is watched as it goes, and given up for what is drawn next', async () => {
  const { act } = await openSolved({ convergesAt: 3000 });
  act().change('drawing.pixels', pixelAt(1));
  await vi.advanceTimersByTimeAsync(250);
  const { solve, records } = act();
  expect(records.length).toBeGreaterThan(0);
  expect(act().status).toBe('running');
  await vi.advanceTimersByTimeAsync(150);
  act().change('drawing.pixels', pixelAt(2));
  await vi.advanceTimersByTimeAsync(300);
  expect(act().solve).toBeGreaterThan(solve);
});

it('a slow one takes the place of what was on screen only with its first state', async () => {
  const { act } = await openSolved({ delay: 120 });
  const { solve } = act();
  const seen = new Set<number>();
  act().change('drawing.pixels', pixelAt(4));
  for (let k = 0; k < 600 && act().solve === solve; k++) {
    await vi.advanceTimersByTimeAsync(1);
    seen.add(act().records.length);
  }
  expect(act().solve).toBeGreaterThan(solve);
  expect(act().status).toBe('running');
  expect(seen).not.toContain(0);
});

it('stepped by hand, it begins again at iteration 0', async () => {
  const { act, iterations } = await openSolved();
  act().setAutoRun(false);
  act().change('drawing.pixels', pixelAt(3));
  await settle();
  expect(iterations()).toEqual([0]);
});
