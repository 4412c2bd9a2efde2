import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment, presetExperiment } from '../../../src/schema/experiment.ts';
import { openStore as open, settle } from '../../../test/app/openStore.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('the history of settings', () => {
  it('takes a run of moves of one setting back at once, and brings it again', async () => {
    const { act } = open();
    for (const seed of [40, 48, 56]) {
      act().change('random.seed', seed);
      await wait(100);
    }
    expect(act().undoable).toBe('Seed');
    act().undo();
    expect(act().experiment).toEqual(defaultExperiment);
    expect(act().undoable).toBeNull();
    expect(act().redoable).toBe('Seed');
    act().redo();
    expect(act().experiment.random.seed).toBe(56);
    expect(act().redoable).toBeNull();
    await settle();
  });

  it('keeps moves apart that pause, or that are of different settings', async () => {
    const { act } = open();
    act().change('random.seed', 40);
    await wait(1500);
    act().change('random.seed', 48);
    act().change('solver.tolerance', 1e-4);
    act().change('random.seed', 56);
    const seeds = [];
    while (act().undoable !== null) {
      act().undo();
      seeds.push([act().experiment.random.seed, act().experiment.solver.tolerance]);
    }
    expect(seeds).toEqual([
      [48, 1e-4],
      [48, 1e-3],
      [40, 1e-3],
      [1234, 1e-3],
    ]);
    await settle();
  });

  it('knows changes by preset, by link, by Restore and by a dependent setting', async () => {
    const { act } = open();
    act().choosePreset('contraction');
    expect(act().undoable).toBe('preset “Contraction 101”');
    act().change('solver.method', 'broyden');
    act().restoreAll();
    act().open(defaultExperiment);
    for (const expected of ['picard', 'broyden', 'picard', 'anderson']) {
      act().undo();
      expect(act().experiment.solver.method).toBe(expected);
    }
    expect(act().experiment).toEqual(defaultExperiment);
    act().redo();
    expect(act().experiment).toEqual(presetExperiment('contraction'));
    act().change('cell.gain', 0.7);
    expect(act().redoable).toBeNull();
    await settle();
  });

  it('has no entry for what changed nothing, and does not go on with what was undone', async () => {
    const { act } = open();
    act().choosePreset(defaultExperiment.preset);
    act().change('solver.tolerance', 'lots');
    expect(act().undoable).toBeNull();
    act().undo();
    act().change('random.seed', 40);
    act().undo();
    act().change('random.seed', 48);
    act().change('random.seed', 56);
    act().undo();
    expect(act().experiment).toEqual(defaultExperiment);
    await settle();
  });

  it('is a hundred steps long', async () => {
    const { act } = open();
    for (let seed = 0; seed < 120; seed++) {
      act().change('random.seed', seed);
      await wait(1100);
    }
    for (let step = 0; step < 200; step++) act().undo();
    expect(act().experiment.random.seed).toBe(19);
    await settle();
  });

  it('reaches a run that trains, as a change by hand does', async () => {
    const { act } = open();
    act().showView('train');
    act().change('data.source', 'brackets');
    act().train();
    await settle();
    act().change('train.learningRate', 1e-4);
    expect(act().run?.applied.train.learningRate).toBe(1e-4);
    act().undo();
    expect(act().run?.applied.train.learningRate).toBe(defaultExperiment.train.learningRate);
    expect(act().restartNeeded).toEqual([]);
    act().stopTraining();
    await settle();
  });

  it('does not bring back weights that are gone', async () => {
    const { act, store } = open();
    const cell = { ...defaultExperiment.cell, weights: 'trained' } as const;
    store.setState({ ownWeights: defaultExperiment });
    act().openModel({ ...defaultExperiment, cell });
    act().change('cell.weights', 'random');
    store.setState({ ownWeights: presetExperiment('contraction') });
    act().undo();
    expect(act().experiment.cell.weights).toBe('random');
    await settle();
  });
});
