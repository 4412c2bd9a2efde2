import { expect, it } from 'vitest';
import { faster, type TimedBackend } from './backends.ts';
import { judge } from './trial.ts';

/** Two backends that take so long in each of their rounds, the last for ever, and a clock that they alone move. */
function race(times: Readonly<Record<TimedBackend, readonly number[]>>, pieces = 1) {
  const order: TimedBackend[] = [];
  let clock = 0;
  const contender = (name: TimedBackend) => () => {
    const time = times[name][order.filter((one) => one === name).length] ?? times[name].at(-1) ?? 0;
    order.push(name);
    clock += time * pieces;
    return Promise.resolve(time);
  };
  const both = { webgpu: contender('webgpu'), wasm: contender('wasm') };
  const { signal } = new AbortController();
  return { order, judged: judge(both, { signal, now: () => clock }), clock: () => clock };
}

it('ends after three rounds that say it loudly, whatever disturbs one of them', async () => {
  const { order, judged } = race({ webgpu: [500, 10, 90], wasm: [40, 41, 900] });
  expect(await judged).toEqual({ webgpu: 10, wasm: 40 });
  expect(order).toEqual(['webgpu', 'wasm', 'wasm', 'webgpu', 'webgpu', 'wasm']);
});

it('goes on where they are near, and takes the middle of the quicker half', async () => {
  const { order, judged } = race({
    webgpu: [30, 9, 10, 10, 10, 12],
    wasm: [60, 8, 9, 9, 9, 9, 50],
  });
  const timing = await judged;
  expect(timing).toEqual({ webgpu: 10, wasm: 9 });
  expect(faster(timing)).toBe('wasm');
  expect(order.filter((name) => name === 'wasm')).toHaveLength(10);
});

it('gives up after its budget, with what it has', async () => {
  const slow = race({ webgpu: [700, 100], wasm: [800, 100] });
  expect(await slow.judged).toEqual({ webgpu: 700, wasm: 800 });
  expect(slow.clock()).toBe(1500);
  const near = race({ webgpu: [10], wasm: [10] }, 10);
  await near.judged;
  expect(near.clock()).toBe(800);
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
