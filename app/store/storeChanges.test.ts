import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../src/schema/experiment.ts';
import type { Fault } from '../../src/engine/protocol/protocol.ts';
import { keepUp } from './solve/keepUp.ts';
import { settle, openStore as open } from '../../test/app/openStore.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('edits', () => {
  it('configure the engine at the first and after the last one, and interrupt a run', async () => {
    const { act, calls, phase, iterations } = open({ convergesAt: 100 });
    act().startEngine();
    await settle();
    act().play();
    await vi.advanceTimersByTimeAsync(300);
    for (const width of [40, 48, 56]) {
      act().change('cell.width', width);
      await vi.advanceTimersByTimeAsync(50);
    }
    await settle();
    expect(calls()?.filter((name) => name === 'configure')).toHaveLength(3);
    expect(act().applied.cell.width).toBe(56);
    expect(iterations()).toEqual([0]);
    expect(phase()).toBe('ready');
  });

  it('say what they had to be bent to, until the next edit of that field', async () => {
    const { act } = open();
    act().change('cell.width', 9999);
    expect(act().notes['cell.width']).toContain('above the limit');
    act().change('cell.width', 64);
    expect(act().notes['cell.width']).toBeUndefined();
    await settle();
  });

  it('that make no sense change nothing and leave the recorded run', async () => {
    const { act, phase } = open();
    act().change('solver.tolerance', 'banana');
    // What makes sense of all but decimals is fetched.
    await vi.waitFor(() => {
      expect(act().notes['solver.tolerance']).toContain('must be a number');
    });
    expect(act().experiment).toBe(defaultExperiment);
    expect(phase()).toBe('recorded');
  });

  it('can be restored, one by one and all together', () => {
    const { act } = open();
    act().change('cell.width', 64);
    act().change('solver.method', 'picard');
    act().restore('cell.width');
    expect(act().experiment.cell.width).toBe(defaultExperiment.cell.width);
    act().restoreAll();
    expect(act().experiment).toEqual(defaultExperiment);
  });
});

describe('a solve that had ended', () => {
  it('is made again with a changed setting, at once, and with the last of many', async () => {
    const { act, calls, phase } = open();
    act().runToEnd();
    await settle();
    const before = calls()?.length ?? 0;
    act().change('solver.damping', 0.9);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls()?.slice(before)).toContain('configure');
    for (const damping of [0.8, 0.7, 0.6]) {
      act().change('solver.damping', damping);
      await vi.advanceTimersByTimeAsync(20);
    }
    await settle();
    expect(
      calls()
        ?.slice(before)
        .filter((name) => name === 'configure'),
    ).toHaveLength(2);
    expect(act().applied.solver.damping).toBe(0.6);
    expect(phase()).toBe('converged');
    act().undo();
    await settle();
    expect(act().applied.solver.damping).not.toBe(0.6);
    expect(phase()).toBe('converged');
  });

  it('waits at its start where that was asked for, or another set-up was chosen', async () => {
    const { act, phase } = open();
    act().setAutoRun(false);
    act().runToEnd();
    await settle();
    act().change('solver.damping', 0.9);
    await settle();
    expect(phase()).toBe('ready');
    act().setAutoRun(true);
    act().runToEnd();
    await settle();
    act().choosePreset('contraction');
    await settle();
    expect(phase()).toBe('ready');
  });

  it('is not made again for a set-up chosen right after a change', async () => {
    const { act, phase, iterations } = open();
    act().runToEnd();
    await settle();
    act().change('solver.damping', 0.9);
    await vi.advanceTimersByTimeAsync(1);
    act().change('solver.damping', 0.8);
    act().choosePreset('contraction');
    await settle();
    expect(phase()).toBe('ready');
    expect(iterations()).toEqual([0]);
  });

  it('is not made again where the visitor was stepping', async () => {
    const { act, iterations } = open();
    act().startEngine();
    await settle();
    act().reset();
    act().step();
    await settle();
    act().change('solver.damping', 0.9);
    await settle();
    expect(iterations()).toEqual([0]);
  });
});

describe('faults', () => {
  const lost: Fault = { kind: 'device-lost', message: 'The GPU was lost.' };

  it('stop the page in words, and Restart mends it', async () => {
    const { act, engines, phase } = open({});
    act().startEngine();
    await settle();
    engines[0]?.emit({ event: 'fault', fault: { kind: 'internal', message: 'It broke.' } });
    expect(phase()).toBe('failed');
    expect(act().fault?.message).toBe('It broke.');
    act().play();
    await settle();
    expect(act().activity).toBe('idle');
    act().restartEngine();
    await settle();
    expect(engines[0]?.disposed()).toBe(true);
    expect(engines).toHaveLength(2);
    expect(phase()).toBe('ready');
  });

  it('restart by itself after a lost device, but not twice within half a minute', async () => {
    const { act, engines, phase, iterations } = open({});
    act().startEngine();
    await settle();
    engines[0]?.emit({ event: 'fault', fault: lost });
    await settle();
    expect(engines).toHaveLength(2);
    expect(phase()).toBe('ready');
    expect(iterations()).toEqual([0]);
    expect(act().notice).toContain('started again');
    engines[1]?.emit({ event: 'fault', fault: lost });
    await settle();
    expect(engines).toHaveLength(2);
    expect(phase()).toBe('failed');
    expect(act().fault?.message).toContain('twice');
  });

  it('ignores what a replaced engine still says', async () => {
    const { act, engines, phase } = open({});
    act().startEngine();
    await settle();
    act().restartEngine();
    engines[0]?.emit({ event: 'fault', fault: { kind: 'internal', message: 'late' } });
    await settle();
    expect(phase()).toBe('ready');
  });

  it('of a rejected command are shown, and an edit tries again', async () => {
    const failing: Record<string, Fault> = {
      configure: { kind: 'out-of-memory', message: 'Too wide.' },
    };
    const { act, phase } = open({ failing });
    act().startEngine();
    await settle();
    expect(phase()).toBe('failed');
    expect(act().fault?.message).toBe('Too wide.');
    delete failing['configure'];
    act().change('cell.width', 16);
    await settle();
    expect(phase()).toBe('ready');
    expect(act().fault).toBeNull();
  });

  it('in opening a set-up leave nothing of the one before on screen, and Undo opens that anew', async () => {
    const failing: Record<string, Fault> = {};
    const { act, iterations, calls, phase } = open({ failing });
    act().startEngine();
    await settle();
    act().runToEnd();
    await settle();
    act().estimateSpectrum(false);
    await settle();
    expect(act().spectrum.report).not.toBeNull();
    failing['configure'] = { kind: 'bad-input', message: 'It could not be fetched.' };
    act().choosePreset('inverse-denoise');
    await settle();
    expect(phase()).toBe('failed');
    expect(act().applied).toBe(act().experiment);
    expect(act()).toMatchObject({ records: [], problem: null, memory: null, adjoint: null });
    expect(act().spectrum.report).toBeNull();
    delete failing['configure'];
    const before = calls()?.length ?? 0;
    act().undo();
    await settle();
    // The engine has closed it.
    expect(calls()?.slice(before)).toContain('configure');
    expect(phase()).toBe('ready');
    expect(iterations()).toEqual([0]);
    expect(act().problem?.parameters).toBe(100);
  });

  it('that end the engine leave its solve on screen until another set-up is chosen', async () => {
    const { act, engines, iterations } = open({});
    act().startEngine();
    await settle();
    act().runToEnd();
    await settle();
    engines[0]?.emit({ event: 'fault', fault: { kind: 'internal', message: 'Broken.' } });
    await settle();
    expect(act().engine).toBe('stopped');
    expect(iterations()).toEqual([0, 1, 2, 3, 4]);
    act().choosePreset('inverse-denoise');
    expect(act().applied).toBe(act().experiment);
    expect(act()).toMatchObject({ records: [], problem: null });
  });

  it('without any backend leave the page readable', async () => {
    const { act, phase } = open({ failing: { boot: { kind: 'no-backend', message: 'None.' } } });
    act().startEngine();
    await settle();
    expect(phase()).toBe('failed');
    expect(act().engine).toBe('stopped');
  });
});

describe('a recorded run', () => {
  it('that gives way to another set-up leaves nothing of itself, and says so until the engine has it', async () => {
    const { act, phase } = open();
    act().startEngine();
    await settle();
    expect(act().problem).not.toBeNull();
    const first = act().experiment;
    act().choosePreset('inverse-denoise');
    expect(act().applied).toBe(act().experiment);
    expect(act()).toMatchObject({ records: [], problem: null });
    expect(phase()).toBe('preparing');
    // Taken back at once, the engine has it already.
    act().open(first);
    expect(phase()).toBe('preparing');
    await settle();
    expect(phase()).toBe('ready');
    expect(act().problem?.parameters).toBe(100);
  });
});

describe('an engine that is lost', () => {
  const gone: Fault = {
    kind: 'engine-lost',
    message: 'The engine has not answered for 2 minutes.',
  };

  it('is replaced once, with words, and not for ever', async () => {
    const { act, engines, phase } = open({});
    act().startEngine();
    await settle();
    engines[0]?.emit({ event: 'fault', fault: gone });
    await settle();
    expect(engines).toHaveLength(2);
    expect(engines[0]?.disposed()).toBe(true);
    expect(act().notice).toBe(`${gone.message} Another one has started again, from z₀.`);
    expect(act().records).toHaveLength(1);
    // As when the same work makes every engine hang: minutes lie between two losses.
    await vi.advanceTimersByTimeAsync(180_000);
    engines[1]?.emit({ event: 'fault', fault: gone });
    await settle();
    expect(engines).toHaveLength(2);
    expect(phase()).toBe('failed');
    expect(act().fault?.message).toContain('twice within ten minutes');
  });

  it('is announced by its silence, which may yet end', async () => {
    const { act, engines } = open({});
    act().startEngine();
    await settle();
    engines[0]?.emit({ event: 'quiet', quiet: true });
    expect(act().notice).toContain('has not answered for 20 seconds');
    engines[0]?.emit({ event: 'quiet', quiet: false });
    expect(act().notice).toBeNull();
  });
});

describe('a solve that keeps up with its set-up', () => {
  const refused: Fault = { kind: 'bad-input', message: 'There is no text.' };

  it('asks once for each set-up, also for one that the engine refuses', async () => {
    const failing: Record<string, Fault> = {};
    const { act, store, calls } = open({ failing, view: 'learn' });
    act().startEngine();
    await settle();
    const stop = keepUp(store);
    const asked = (): number => calls()?.filter((name) => name === 'configure').length ?? 0;
    const before = asked();
    failing['configure'] = refused;
    act().change('cell.width', 64);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked()).toBe(before + 1);
    expect(act().fault?.message).toBe('There is no text.');
    delete failing['configure'];
    for (const width of [16, 20, 24]) act().change('cell.width', width);
    await settle();
    expect(asked()).toBe(before + 2);
    expect(act()).toMatchObject({ fault: null });
    expect(act().applied).toBe(act().experiment);
    stop();
  });
});
