import { expect, it, vi } from 'vitest';
import { MissingPart } from '../../parts/loadPart.ts';
import type { AppState } from '../state.ts';
import { createLateLane } from './lateLane.ts';
import type { SolveLane, SolveLaneOptions } from './solveLane.ts';

/** A lane whose code comes when `arrive` is called, what the page shows of it, and what was asked of the real one. */
function open() {
  let state = { engine: 'off', activity: 'idle', fault: null } as unknown as AppState;
  const asked: string[] = [];
  const note =
    (name: string) =>
    (...given: unknown[]) => {
      asked.push([name, ...given.filter((one) => typeof one === 'string')].join(' '));
      return Promise.resolve();
    };
  const real = {
    ...{ start: note('start'), restart: note('restart'), cancel: note('cancel') },
    ...{ enqueue: note('enqueue'), errand: note('errand'), unseen: note('unseen') },
    ...{ ask: note('ask'), flush: note('flush'), endErrands: note('endErrands') },
  } as unknown as SolveLane;
  const options = {
    get: () => state,
    set: (change: Partial<AppState>) => {
      state = { ...state, ...change };
    },
  } as unknown as SolveLaneOptions;
  let arrive: () => void = () => undefined;
  let fail: () => void = () => undefined;
  const load = vi.fn(
    () =>
      new Promise<{ createSolveLane: () => SolveLane }>((resolve, reject) => {
        arrive = () => {
          resolve({ createSolveLane: () => real });
        };
        fail = () => {
          reject(new MissingPart(new Error('offline')));
        };
      }),
  );
  const lane = createLateLane(options, undefined, load);
  const shown = () => {
    const { engine, activity, fault } = state;
    return { engine, activity, fault: fault?.message ?? null };
  };
  const rest = () => new Promise((resolve) => setTimeout(resolve));
  return {
    ...{ lane, asked, load, shown },
    arrive: async () => {
      arrive();
      await rest();
    },
    fail: async () => {
      fail();
      await rest();
    },
  };
}

it('shows what was asked at once, and does it in its order when the code has come', async () => {
  const { lane, asked, load, shown, arrive } = open();
  lane.start();
  lane.enqueue('stepping');
  void lane.errand('spectrum', () => Promise.resolve());
  expect(shown()).toEqual({ engine: 'starting', activity: 'stepping', fault: null });
  expect(asked).toEqual([]);
  await arrive();
  expect(asked).toEqual(['start', 'enqueue stepping', 'errand spectrum']);
  lane.cancel();
  lane.enqueue('running');
  expect(asked.slice(3)).toEqual(['cancel', 'enqueue running']);
  expect(load).toHaveBeenCalledTimes(1);
});

it('what is cancelled meanwhile is not done, and the engine starts all the same', async () => {
  const { lane, asked, shown, arrive } = open();
  lane.enqueue('running');
  lane.cancel();
  expect(shown().activity).toBe('idle');
  lane.enqueue('stepping');
  await arrive();
  expect(asked).toEqual(['start', 'enqueue stepping']);
});

it('without the code the engine is stopped and says why; restarting it tries again', async () => {
  const { lane, asked, load, shown, arrive, fail } = open();
  lane.enqueue('stepping');
  await fail();
  expect(shown()).toMatchObject({ engine: 'stopped', activity: 'idle' });
  expect(shown().fault).toContain('check the connection and try again');
  lane.enqueue('stepping');
  expect(load).toHaveBeenCalledTimes(1);
  lane.restart();
  expect(shown()).toEqual({ engine: 'starting', activity: 'idle', fault: null });
  await arrive();
  expect(asked).toEqual(['start']);
});
