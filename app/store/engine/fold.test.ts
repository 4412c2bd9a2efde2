import { describe, expect, it, vi } from 'vitest';
import type { EngineEvent, SolveStatus } from '../../../src/engine/protocol/protocol.ts';
import { createFold, reduce, type Folded } from './fold.ts';
import { someMemory, someRecord } from '../../../test/app/fakeValues.ts';

const state: Folded = {
  source: 'live',
  solve: 3,
  records: [someRecord(0)],
  status: 'running',
  observed: [],
  compiling: false,
  adjoint: null,
  memory: null,
  branch: null,
};
const batch = (
  solve: number,
  iterations: readonly number[],
  status: SolveStatus = 'running',
): EngineEvent => ({
  event: 'records',
  phase: 'forward',
  solve,
  records: iterations.map(someRecord),
  status,
  memory: someMemory,
});
const iterations = (folded: Partial<Folded>): number[] | undefined =>
  folded.records?.map(({ iteration }) => iteration);

describe('reduce', () => {
  it('appends the batches of the current solve in order', () => {
    const folded = reduce(state, [batch(3, [1, 2]), batch(3, [3], 'converged')]);
    expect(iterations(folded)).toEqual([0, 1, 2, 3]);
    expect(folded.status).toBe('converged');
    expect(folded.memory).toBe(someMemory);
  });

  it('drops batches of an older solve', () => {
    const folded = reduce(state, [batch(2, [7], 'diverged')]);
    expect(iterations(folded)).toEqual([0]);
    expect(folded.status).toBe('running');
  });

  it('starts afresh with a newer solve, and then drops what is older than that', () => {
    const folded = reduce(state, [batch(3, [1]), batch(4, [0]), batch(3, [2]), batch(4, [1])]);
    expect(iterations(folded)).toEqual([0, 1]);
    expect(folded.solve).toBe(4);
  });

  it('leaves a recorded run alone', () => {
    const folded = reduce({ ...state, source: 'recorded' }, [batch(9, [0])]);
    expect(iterations(folded)).toEqual([0]);
    expect(folded.solve).toBe(3);
  });

  it('keeps what is observed of each iteration with its solve', () => {
    const said = [
      { kind: 'tokens', name: 'Predictions', positions: [[{ text: 'a', probability: 0.5 }]] },
    ] as const;
    const observed = (solve: number, iteration: number): EngineEvent => ({
      ...{ event: 'observed', solve, iteration },
      observations: said,
    });
    const folded = reduce(state, [observed(2, 9), observed(3, 0), observed(3, 2)]);
    expect(folded.observed).toEqual([said, [], said]);
    expect(reduce({ ...state, ...folded }, [batch(4, [0])]).observed).toEqual([]);
    expect(reduce(state, [observed(4, 0), batch(4, [0])]).observed).toEqual([said]);
  });

  it('does not change what it was given', () => {
    const before = structuredClone(state);
    reduce(state, [batch(3, [1])]);
    expect(state).toEqual(before);
  });
});

describe('createFold', () => {
  const make = () => {
    let current = state;
    const frames: (() => void)[] = [];
    const set = vi.fn((change: Partial<Folded>) => {
      current = { ...current, ...change };
    });
    const frame = (callback: () => void): void => void frames.push(callback);
    const fold = createFold({ get: () => current, set, frame });
    return { fold, set, frames, current: () => current };
  };

  it('makes one change of state for all events of a frame', () => {
    const { fold, set, frames, current } = make();
    fold.push(batch(3, [1]));
    fold.push(batch(3, [2]));
    expect(frames).toHaveLength(1);
    expect(set).not.toHaveBeenCalled();
    frames[0]?.();
    expect(set).toHaveBeenCalledTimes(1);
    expect(iterations(current())).toEqual([0, 1, 2]);
  });

  it('flushes at once when a reply must not overtake its records', () => {
    const { fold, set, frames } = make();
    fold.push(batch(3, [1]));
    fold.flush();
    expect(set).toHaveBeenCalledTimes(1);
    frames[0]?.();
    expect(set).toHaveBeenCalledTimes(1);
  });
});
