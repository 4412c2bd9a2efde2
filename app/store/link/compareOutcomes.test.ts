import { afterEach, expect, it, vi } from 'vitest';
import type { SolveOutcome, TrainingOutcome } from '../../../src/schema/outcome.ts';
import { openStarted, settle } from '../../../test/app/openStore.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';
import { compareOutcomes, watchOutcome } from './compareOutcomes.ts';
import { solveOutcome, trainingOutcome } from './outcomeHere.ts';

onFreshShelf();
afterEach(() => {
  vi.restoreAllMocks();
});

const solve: SolveOutcome = {
  kind: 'solve',
  status: 'converged',
  iterations: 23,
  evaluations: 24,
  residual: 8.1e-5,
  backend: 'webgpu',
};

it('says what differs and why it may, and takes an iteration more or less for the same', () => {
  const here = { ...solve, iterations: 25, residual: 9.9e-5, backend: 'wasm' as const };
  expect(compareOutcomes(solve, here)).toEqual({
    same: false,
    words:
      'The sender’s solve converged after 23 iterations, at a relative residual of 8.1e-5 on WebGPU; here it converged after 25 iterations, at a relative residual of 9.9e-5 on WebAssembly. The two add float32 numbers in different orders, and so round differently.',
  });
  expect(compareOutcomes(solve, { ...here, iterations: 24 })?.same).toBe(true);
  expect(compareOutcomes(solve, { ...solve, residual: 8.5e-5 })?.same).toBe(true);
  const other = compareOutcomes(solve, { ...solve, residual: 9.5e-5 });
  expect(other).toMatchObject({
    same: false,
    words: /Another GPU or browser/ as unknown as string,
  });
});

it('takes no other verdict for the same', () => {
  const nan = { ...solve, status: 'nonfinite', residual: null } as const;
  expect(compareOutcomes(nan, nan)?.same).toBe(true);
  for (const status of ['max-iterations', 'stalled', 'diverged'] as const)
    expect(compareOutcomes(solve, { ...solve, status })?.same).toBe(false);
  expect(compareOutcomes(solve, { ...solve, residual: null })?.same).toBe(false);
});

it('compares a loss at the same step only', () => {
  const seen: TrainingOutcome = { kind: 'training', steps: 200, loss: 2.314, backend: 'webgpu' };
  expect(compareOutcomes(seen, { ...seen, loss: 2.32, backend: 'wasm' })?.same).toBe(true);
  expect(compareOutcomes(seen, { ...seen, loss: 2.5 })?.words).toMatch(
    /^After 200 steps the sender’s training had a loss of 2.314 on WebGPU; here it had a loss of 2.500 on WebGPU\..* from step to step\.$/,
  );
  expect(compareOutcomes(seen, { ...seen, steps: 199 })).toBeNull();
  expect(compareOutcomes(seen, solve)).toBeNull();
});

it('tells once when the linked set-up has ended, and nothing of another one', async () => {
  const { store, act } = await openStarted({ convergesAt: 12 });
  const tell = vi.fn();
  const { experiment } = act();
  watchOutcome(store, experiment, { ...solve, iterations: 12 }, tell);
  act().change('cell.width', 40);
  act().runToEnd();
  await settle();
  expect(solveOutcome(act(), act().experiment)).toMatchObject({
    status: 'converged',
    iterations: 12,
  });
  expect(solveOutcome(act(), experiment)).toBeNull();
  expect(tell).not.toHaveBeenCalled();
  act().change('cell.width', experiment.cell.width);
  // What a solve has no use for may be another.
  act().change('train.steps', 77);
  act().runToEnd();
  await settle();
  expect(tell).toHaveBeenCalledTimes(1);
  act().reset();
  act().runToEnd();
  await settle();
  expect(tell).toHaveBeenCalledTimes(1);
});

it('tells at once of what has ended before, and of the newest link alone', async () => {
  const { store, act } = await openStarted({ convergesAt: 12 });
  const [first, second] = [vi.fn(), vi.fn()];
  const { experiment } = act();
  watchOutcome(store, experiment, solve, first);
  const tuned = { ...experiment, random: { seed: experiment.random.seed + 1 } };
  watchOutcome(store, tuned, solve, second);
  act().runToEnd();
  await settle();
  expect(first).not.toHaveBeenCalled();
  watchOutcome(store, experiment, solve, first);
  expect(first).toHaveBeenCalledWith(expect.objectContaining({ same: false }));
  expect(second).not.toHaveBeenCalled();
});

it('has no outcome of a fork, of a recorded run, or of weights that nobody else has', async () => {
  const { act, store } = await openStarted({ convergesAt: 12 });
  act().runToEnd();
  await settle();
  const { experiment } = act();
  const ended = act();
  expect(solveOutcome(ended, experiment)).not.toBeNull();
  expect(solveOutcome({ ...ended, source: 'recorded' }, experiment)).toBeNull();
  const mine = { ...experiment, cell: { ...experiment.cell, weights: 'trained' as const } };
  expect(solveOutcome({ ...ended, applied: mine }, mine)).toBeNull();
  store.setState({ device: null });
  expect(solveOutcome(act(), experiment)).toBeNull();
});

it('tells of a training once it has made as many steps', async () => {
  const { store, act, prepare, phase } = openTrain();
  prepare(30);
  const { experiment } = act();
  const tell = vi.fn();
  watchOutcome(
    store,
    experiment,
    { kind: 'training', steps: 10, loss: 99, backend: 'webgpu' },
    tell,
  );
  act().train();
  await wait(20_000);
  expect(phase()).toBe('finished');
  expect(tell).toHaveBeenCalledTimes(1);
  expect(tell).toHaveBeenCalledWith(expect.objectContaining({ same: false }));
  expect(trainingOutcome(act(), experiment)).toMatchObject({ steps: 30 });
});
