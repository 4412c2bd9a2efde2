import { expect, test } from 'vitest';
import { medianRun, raceRounds, runInTurns, timesOf } from './race.ts';

/** Lanes on a clock of their own: `takes(lane, round)` milliseconds each run. */
async function race(
  lanes: number,
  takes: (lane: number, round: number) => number | undefined,
): Promise<{ order: number[][]; runs: { milliseconds: number; round: number }[][] }> {
  const order: number[][] = [];
  const runs = await runInTurns(lanes, (lane, round) => {
    (order[round] ??= []).push(lane);
    const milliseconds = takes(lane, round);
    return Promise.resolve(milliseconds === undefined ? undefined : { milliseconds, round });
  });
  return { order, runs };
}

test('lanes take turns, each round begins with another, and the first run of each does not count', async () => {
  // As measured: whoever came first was slow once, and the device got quicker.
  const { order, runs } = await race(3, (lane, round) =>
    round === 0 ? 200 : 10 * (lane + 1) - round,
  );
  expect(order).toEqual([
    [0, 1, 2],
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
    [0, 1, 2],
    [1, 2, 0],
  ]);
  expect(order.length).toBe(raceRounds + 1);
  expect(runs.map(timesOf)).toEqual([
    { median: 7, least: 5, most: 9, runs: 5 },
    { median: 17, least: 15, most: 19, runs: 5 },
    { median: 27, least: 25, most: 29, runs: 5 },
  ]);
  expect(runs.map((lane) => medianRun(lane)?.round)).toEqual([3, 3, 3]);
});

test('one slow run changes no order', async () => {
  const { runs } = await race(2, (lane, round) => (lane === 0 && round === 2 ? 900 : 10 + lane));
  const [first, second] = runs.map(timesOf);
  expect(first?.median).toBeLessThan(second?.median ?? NaN);
  expect(first?.most).toBe(900);
});

test('a slow race is one warm-up and as many rounds as there is time for', async () => {
  const { runs } = await race(2, () => 2000);
  expect(runs.map((lane) => timesOf(lane)?.runs)).toEqual([2, 2]);
  const slower = await race(2, () => 60_000);
  expect(slower.runs.map((lane) => timesOf(lane)?.runs)).toEqual([1, 1]);
});

test('an interrupted race keeps the runs that came to their end', async () => {
  const { runs } = await race(2, (lane, round) => (round === 1 && lane === 1 ? undefined : 5));
  expect(runs.map((lane) => lane.length)).toEqual([2, 1]);
  expect(runs.map(timesOf)).toEqual([{ median: 5, least: 5, most: 5, runs: 1 }, null]);
  const none = await race(2, () => undefined);
  expect(none.runs.map((lane) => lane.length)).toEqual([0, 0]);
});
