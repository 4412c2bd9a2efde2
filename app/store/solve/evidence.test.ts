import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import type { AppState } from '../state.ts';
import { onFakeClock, openStarted as open, settle } from '../../../test/app/openStore.ts';

onFakeClock();

const broken: Fault = { kind: 'internal', message: 'It broke.' };

describe('the spectrum', () => {
  it('is estimated by itself once a forward solve has ended', async () => {
    const { act, calls } = await open({});
    act().runToEnd();
    await settle();
    expect(calls()?.filter((name) => name === 'spectrum')).toHaveLength(1);
    expect(act().spectrum).toMatchObject({ busy: false, failure: null });
    expect(act().spectrum.report?.radius).toBe(0.712);
  });

  it('is tried again when the visitor was quicker', async () => {
    const { act, calls } = await open({ delay: 100 });
    act().runToEnd();
    await vi.advanceTimersByTimeAsync(150);
    expect(calls()?.at(-1)).toBe('spectrum');
    act().showPass('backward');
    await settle();
    await settle();
    expect(calls()?.filter((name) => name === 'spectrum')).toHaveLength(2);
    expect(act().spectrum.report).not.toBeNull();
  });

  it('of a recorded run is taken from a live one', async () => {
    const { act } = await open();
    act().estimateSpectrum(false);
    await settle();
    expect(act().source).toBe('live');
    expect(act().spectrum.report).not.toBeNull();
  });

  it('goes with the problem it belongs to', async () => {
    const { act } = await open({});
    act().setAutoRun(false);
    act().runToEnd();
    await settle();
    act().change('cell.width', 64);
    await settle();
    expect(act().spectrum.report).toBeNull();
  });

  it('has no solve run of a set-up that came in between', async () => {
    const { act, calls, iterations } = await open({});
    act().setAutoRun(false);
    act().runToEnd();
    await settle();
    // As when a solve ends just after the visitor changed a setting, before the change has settled.
    act().change('random.seed', 7);
    act().estimateSpectrum(true);
    await settle();
    expect(calls()?.filter((name) => name.startsWith('run forward'))).toHaveLength(1);
    expect(iterations()).toEqual([0]);
  });

  it('that fails says why and stops nothing else', async () => {
    const { act, phase } = await open({ failing: { spectrum: broken } });
    act().runToEnd();
    await settle();
    expect(act().spectrum.failure).toBe('It broke.');
    expect(phase()).toBe('converged');
  });
});

describe('the gradient meter', () => {
  it('shows progress and then the rows', async () => {
    const { act } = await open({ delay: 40 });
    act().compareGradients();
    await vi.advanceTimersByTimeAsync(150);
    expect(act().comparison.progress).toMatchObject({ total: 3, label: 'Neumann' });
    await settle();
    expect(act().comparison.progress).toBeNull();
    expect(act().comparison.report?.rows).toHaveLength(5);
  });

  it('can be stopped, and gives way to a step', async () => {
    const { act, iterations } = await open({ delay: 200 });
    act().runToEnd();
    await settle();
    for (const interrupt of [act().stopComparing, act().reset]) {
      act().compareGradients();
      await vi.advanceTimersByTimeAsync(300);
      interrupt();
      await settle();
      expect(act().comparison.report).toBeNull();
      expect(act().comparison.failure).toContain('make way');
    }
    expect(iterations()).toEqual([0]);
  });
});

describe('two errands at once', () => {
  const lanes = (act: () => AppState) => [act().experiment.solver, act().experiment.solver];

  it.each(['race', 'comparison'] as const)(
    'stopping the %s leaves the other alone',
    async (name) => {
      const { act } = await open({ delay: 200 });
      act().runToEnd();
      await settle();
      act().startRace(lanes(act));
      // What races do is loaded when it is first asked for.
      await vi.dynamicImportSettled();
      act().compareGradients();
      await vi.advanceTimersByTimeAsync(100);
      expect(act().race.progress).not.toBeNull();
      expect(act().comparison.progress).not.toBeNull();
      if (name === 'race') act().stopRace();
      else act().stopComparing();
      await settle();
      await settle();
      const done = {
        race: act().race.rows.length === 2,
        comparison: act().comparison.report !== null,
      };
      expect(done).toEqual({ race: name !== 'race', comparison: name !== 'comparison' });
      expect([act().race.progress, act().comparison.progress]).toEqual([null, null]);
    },
  );
});
