import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import { pictureQuestion, stepQuestion } from './insightSlice.ts';
import { onFakeClock, openStarted as open, settle } from '../../../test/app/openStore.ts';

onFakeClock();

const broken: Fault = { kind: 'internal', message: 'It broke.' };

describe('the pictures of a solve', () => {
  it('are of all iterations so far, and know their question', async () => {
    const { act, calls } = await open({});
    act().step();
    await settle();
    act().inspect(0);
    await settle();
    expect(calls()?.at(-1)).toBe('inspect 1 0');
    const { report, settled, busy } = act().pictures;
    expect(report?.map.relative).toHaveLength(2);
    expect(report?.solve).toBe(act().solve);
    expect([busy, settled]).toEqual([false, pictureQuestion(act(), 0)]);
    act().step();
    await settle();
    expect(act().pictures.settled).not.toBe(pictureQuestion(act(), 0));
  });

  it('of a recorded run are made of a live one, run to its end', async () => {
    const { act } = await open();
    expect(act().source).toBe('recorded');
    act().inspect(0);
    await settle();
    expect(act()).toMatchObject({ source: 'live', status: 'converged' });
    expect(act().pictures.report?.map.relative).toHaveLength(act().records.length);
  });

  it('give way to the visitor and then are not settled', async () => {
    const { act } = await open({ delay: 100 });
    act().inspect(0);
    await vi.advanceTimersByTimeAsync(50);
    expect(act().pictures.busy).toBe(true);
    act().step();
    await settle();
    expect(act().pictures).toMatchObject({ busy: false, settled: null, failure: null });
    expect(act().records).toHaveLength(2);
  });

  it('that fail say why, settle, and stop nothing else', async () => {
    const { act, phase } = await open({ failing: { inspect: broken } });
    act().inspect(0);
    await settle();
    expect(act().pictures).toMatchObject({ failure: 'It broke.', report: null });
    expect(act().pictures.settled).toBe(pictureQuestion(act(), 0));
    expect(phase()).toBe('ready');
  });
});

describe('what the states say', () => {
  it('is asked for while it is on screen: a run goes on in the other way when that changes', async () => {
    const { act, calls, iterations } = await open({ convergesAt: 59 });
    act().runToEnd();
    await vi.advanceTimersByTimeAsync(40);
    act().watchStates(true);
    act().watchStates(true);
    await settle();
    expect(calls()?.filter((call) => call.startsWith('run'))).toEqual([
      'run forward undefined',
      'run forward undefined watched',
    ]);
    expect(iterations()).toEqual(Array.from({ length: 60 }, (_, k) => k));
    expect(act()).toMatchObject({ status: 'converged', activity: 'idle' });
    act().watchStates(false);
    act().reset();
    await settle();
    act().runToEnd();
    await settle();
    const runs = calls()?.filter((call) => call.startsWith('run'));
    expect(runs?.at(-1)).toBe('run forward undefined');
  });

  it('is made up for by iteration, of a branch by its own count, and asked again where it gave way', async () => {
    const { act, calls } = await open({ delay: 100 });
    const asked = act().observe([1, 2, 3]);
    await vi.advanceTimersByTimeAsync(50);
    act().step();
    await settle();
    expect(await asked).toBe(false);
    const again = act().observe([1, 2]);
    await settle();
    expect(await again).toBe(true);
    expect(calls()?.at(-1)).toBe('observe 1 2');
  });
});

describe('the inside of a step', () => {
  it('is asked for by iteration and sample', async () => {
    const { act, calls } = await open({});
    act().explain(2, 1);
    await settle();
    expect(calls()?.at(-1)).toBe('explain 2 1');
    expect(act().anatomy).toMatchObject({ busy: false, settled: stepQuestion(act(), 2, 1) });
    expect(act().anatomy.report?.inside['weights']).toEqual([0.75, 0.25]);
  });

  it('has an answer for each that asks', async () => {
    const { act } = await open({});
    act().explain(4, 0, 'lastStep');
    await settle();
    act().explain(2, 0);
    await settle();
    expect(act().lastStep.report?.iteration).toBe(4);
    expect(act().anatomy.report?.iteration).toBe(2);
    // Neither takes the other's for a question of its own.
    expect(act().lastStep.settled).toBe(stepQuestion(act(), 4, 0));
  });
});
