import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, vi } from 'vitest';
import type { FakeOptions } from './fakeEngine.ts';
import type { Bytes } from '../../app/store/files.ts';
import { onFakeClock, openStore } from './openStore.ts';
import { someModelFile } from './fakeTraining.ts';
import { presetExperiment } from '../../src/schema/experiment.ts';
import { trainText } from '../../app/store/train/trainText.ts';

/** Every test of the file runs on a clock and a database of its own. */
export function onFreshShelf(): void {
  onFakeClock();
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });
  // Other files run in the same process and expect Node, which has none.
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
  });
}

const files: Readonly<Record<string, Bytes>> = {
  'corpora/moby-dick.txt': new TextEncoder().encode('Call me Ishmael. '.repeat(50)),
  'models/pretrained.safetensors': someModelFile(presetExperiment('pretrained'), 3000),
};

/** A page that shows the Train view, on fake engines, with the questions tests ask of it. */
export const openTrain = (options: FakeOptions = {}) => {
  const download = vi.fn<(name: string, bytes: Bytes) => void>();
  const fetchFile = vi.fn((path: string): Promise<Bytes> => {
    const file = files[path];
    return file ? Promise.resolve(file) : Promise.reject(new Error('no such file'));
  });
  const page = openStore({ ...options, view: 'train', download, fetchFile });
  const { store, act } = page;
  return {
    ...page,
    download,
    fetchFile,
    phase: () => store.getState().runPhase,
    text: () => trainText(store.getState()),
    steps: () =>
      store
        .getState()
        .run?.series.of('deq')
        .map(({ step }) => step) ?? [],
    /** Settings for a short run, with the own text of this page's visitor. */
    prepare: (steps = 60, every = 0) => {
      act().setTrainingText('To be, or not to be. '.repeat(20));
      act().change('train.steps', steps);
      act().change('sample.every', every);
    },
  };
};

/** Lets what takes that many milliseconds happen. */
export const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Numbers from one to `last`. */
export const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);
