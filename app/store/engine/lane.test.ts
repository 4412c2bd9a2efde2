import { describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { fakeEngines, type FakeOptions } from '../../../test/app/fakeEngine.ts';
import { someMemory, someRecord } from '../../../test/app/fakeValues.ts';
import { onFakeClock, openStarted, settle } from '../../../test/app/openStore.ts';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from './faults.ts';
import { createEngineLane, type Task } from './lane.ts';

onFakeClock();

const { backward } = defaultExperiment;

const open = (options: FakeOptions = {}) => {
  const { startEngine, engines } = fakeEngines(options);
  const faults: Fault[] = [];
  const lane = createEngineLane<string>({
    startEngine,
    boot: async (engine) => {
      await engine.boot('cpu');
    },
    onFault: (fault) => {
      faults.push(fault);
      lane.drop(fault);
    },
  });
  const ended: string[] = [];
  /** Asks, and notes how that ended. */
  const ask = (name: string, task: Task, yields = false): void => {
    lane.ask(name, task, { yields }).then(
      () => ended.push(name),
      (error: unknown) => ended.push(`${name}: ${faultOf(error).kind}`),
    );
  };
  return { lane, engines, faults, ended, ask };
};

const race: Task = async (engine) => {
  const experiments = [defaultExperiment, defaultExperiment];
  if ((await engine.race(experiments)).length < 2) throw new Error('It was cut short.');
};
const compare: Task = async (engine) => {
  await engine.compareGradients(backward);
};

describe('a lane', () => {
  it('starts a task before ask returns where nothing is before it, and never one before another', async () => {
    const { ask, ended } = open();
    ask('boot', () => Promise.resolve());
    await settle();
    const begun: string[] = [];
    const noted =
      (name: string): Task =>
      async () => {
        begun.push(name);
        await Promise.resolve();
      };
    ask('first', noted('first'));
    expect(begun).toEqual(['first']);
    ask('second', noted('second'));
    expect(begun).toEqual(['first']);
    await settle();
    expect(begun).toEqual(['first', 'second']);
    expect(ended).toEqual(['boot', 'first', 'second']);
  });

  it('starts one engine when it is first asked, and does one thing at a time', async () => {
    const { lane, engines, ended, ask } = open();
    expect(lane.epoch()).toBe(0);
    expect(engines).toHaveLength(0);
    ask('race', race);
    ask('compare', compare);
    expect(lane.epoch()).toBe(1);
    await settle();
    expect(ended).toEqual(['race', 'compare']);
    expect(engines.map(({ calls }) => calls)).toEqual([
      ['boot cpu', 'race anderson anderson', 'compareGradients'],
    ]);
  });

  it('has what yields make way, running or waiting, for what does not', async () => {
    const { ended, ask } = open({ delay: 100 });
    ask('compare', compare, true);
    ask('race', race, true);
    await vi.advanceTimersByTimeAsync(250);
    ask('visitor', compare);
    await settle();
    expect(ended).toEqual(['compare: cancelled', 'race: internal', 'visitor']);
  });

  it('leaves errands alone when another is asked, or another one is ended', async () => {
    const { lane, ended, ask } = open({ delay: 100 });
    ask('compare', compare, true);
    ask('race', race, true);
    lane.interrupt('race');
    await settle();
    expect(ended).toEqual(['compare', 'race: internal']);
  });

  it('gives a lost engine up, and starts another for whatever is asked next', async () => {
    const { lane, engines, faults, ended, ask } = open();
    ask('race', race);
    ask('compare', compare);
    const fault = { kind: 'device-lost', message: 'It is gone.' } as const;
    engines[0]?.emit({ event: 'fault', fault });
    await settle();
    expect(faults).toEqual([fault]);
    expect(ended).toEqual(['race: device-lost', 'compare: device-lost']);
    expect(engines[0]?.disposed()).toBe(true);
    ask('again', race);
    expect(lane.epoch()).toBe(2);
    await settle();
    expect(ended.at(-1)).toBe('again');
  });

  it('says why an engine did not start, and tries again', async () => {
    const failing: Record<string, Fault> = {
      boot: { kind: 'no-backend', message: 'There is none.' },
    };
    const { lane, engines, ended, ask } = open({ failing });
    ask('race', race);
    ask('compare', compare);
    await settle();
    expect(ended).toEqual(['race: no-backend', 'compare: cancelled']);
    expect(lane.epoch()).toBe(0);
    delete failing['boot'];
    ask('again', race);
    await settle();
    expect(engines).toHaveLength(2);
    expect(ended.at(-1)).toBe('again');
  });
});

describe('the lane of the Solve view', () => {
  it('ends a race and a comparison each by itself', async () => {
    const { act } = await openStarted({ delay: 200 });
    act().runToEnd();
    await settle();
    act().compareGradients();
    const { solver } = act().experiment;
    act().startRace([solver, solver]);
    await vi.dynamicImportSettled();
    expect(act().race.progress).not.toBeNull();
    act().stopRace();
    await settle();
    await settle();
    expect(act().race).toMatchObject({ progress: null, rows: [] });
    expect(act().race.failure).toMatch(/^Stopped/);
    expect(act().comparison).toMatchObject({ progress: null, failure: null });
    expect(act().comparison.report).not.toBeNull();
  });

  it('shows the records that came before a fault', async () => {
    const { act, engines, iterations } = await openStarted({});
    const batch = { phase: 'forward', status: 'running', memory: someMemory } as const;
    const { solve } = act();
    engines[0]?.emit({ event: 'records', ...batch, solve, records: [someRecord(1)] });
    expect(iterations()).toEqual([0]);
    engines[0]?.emit({ event: 'fault', fault: { kind: 'bad-input', message: 'Too wide.' } });
    expect(iterations()).toEqual([0, 1]);
    expect(act()).toMatchObject({ engine: 'on', fault: { message: 'Too wide.' } });
  });
});
