import { expect, it } from 'vitest';
import { faster, type TimedBackend } from './backends.ts';
import { judge } from './trial.ts';

/** What a unit of the work takes, by how many milliseconds its engine has computed and how many turns it has had. */
type Pace = (spent: number, turns: number) => number;

/** Two backends that take so long, and a clock that they alone move. */
function race(paces: Readonly<Record<TimedBackend, Pace>>) {
  const order: TimedBackend[] = [];
  const asked: number[] = [];
  let clock = 0;
  const contender = (name: TimedBackend) => {
    let spent = 0;
    return (least: number) => {
      const turns = order.filter((one) => one === name).length;
      order.push(name);
      asked.push(least);
      const from = spent;
      let units = 0;
      do {
        spent += paces[name](spent, turns);
        units++;
      } while (spent - from < least);
      clock += spent - from;
      return Promise.resolve((spent - from) / units);
    };
  };
  const both = { webgpu: contender('webgpu'), wasm: contender('wasm') };
  const { signal } = new AbortController();
  return { order, asked, judged: judge(both, { signal, now: () => clock }), clock: () => clock };
}

/** What WebAssembly was seen to take of what it takes in the end, its code being compiled while it runs. */
const young = (spent: number): number => 1 + 2 * Math.exp(-spent / 180);

it('ends when both are warm and one is far ahead', async () => {
  const { order, judged } = race({ webgpu: () => 10, wasm: () => 40 });
  expect(await judged).toEqual({ webgpu: 10, wasm: 40 });
  expect(order).toEqual(['webgpu', 'wasm', 'wasm', 'webgpu']);
});

it('does not mistake the youth of an engine for its pace', async () => {
  const { judged, asked, clock } = race({
    webgpu: () => 2.2,
    wasm: (spent) => 1.85 * young(spent),
  });
  const timing = await judged;
  expect(faster(timing)).toBe('wasm');
  expect(timing.wasm).toBeLessThan(2);
  expect(asked.slice(0, 6)).toEqual([50, 100, 500, 50, 15, 15]);
  expect(clock()).toBeLessThan(1000);
});

it('goes on where they are near, and takes the middle of the quicker half of what came after warming up', async () => {
  const { order, judged } = race({
    webgpu: (_, turns) => [3, 0.9, 1, 1, 1, 1, 6, 1.2][turns] ?? 1,
    wasm: (_, turns) => [6, 0.5, 0.9, 0.9, 0.8, 0.9, 0.9, 5][turns] ?? 0.9,
  });
  const timing = await judged;
  expect(timing.webgpu).toBeCloseTo(1);
  expect(timing.wasm).toBeCloseTo(0.9);
  expect(order.filter((name) => name === 'wasm').length).toBeGreaterThan(5);
});

it('gives up after its budget, with what it has', async () => {
  const slow = race({
    webgpu: (_, turns) => (turns === 0 ? 700 : 100),
    wasm: (_, turns) => (turns === 0 ? 800 : 100),
  });
  expect(await slow.judged).toEqual({ webgpu: 700, wasm: 800 });
  expect(slow.clock()).toBe(1500);
});

it('ends with the signal', async () => {
  const stop = new AbortController();
  const contender = () => {
    stop.abort(new Error('given up'));
    return Promise.resolve(1);
  };
  const judged = judge({ webgpu: contender, wasm: contender }, { signal: stop.signal });
  await expect(judged).rejects.toThrow('given up');
});
