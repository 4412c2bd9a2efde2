/** Files of weights in the Solve view. */
import { expect, it, vi } from 'vitest';
import { onFakeClock, openStarted, settle } from '../../../test/app/openStore.ts';
import type { FakeOptions } from '../../../test/app/fakeEngine.ts';

onFakeClock();

const PATH = 'monotone.weights';

async function openMonotone(options?: FakeOptions) {
  const page = await openStarted(options);
  page.act().change('problem.family', 'monotone');
  page.act().change(PATH, 'random');
  await settle();
  return page;
}

/** Lets the part that reads files be loaded, which no clock of ours makes faster, and then all else happen. */
async function taken(): Promise<void> {
  await vi.dynamicImportSettled();
  await settle();
}

function expectNote(
  page: Awaited<ReturnType<typeof openMonotone>>,
  weightsFile: { readonly note: string; readonly taken: boolean },
): void {
  expect(page.act().weightsFile).toEqual(weightsFile);
  expect(page.act().notes[PATH]).toBe(weightsFile.note);
}

const fileOf = (bytes: number): File => new File([new Uint8Array(bytes)], 'mine.safetensors');

it('a file that the engine takes is what is solved from then on, and another one after it', async () => {
  const page = await openMonotone();
  page.act().openWeightsFile(fileOf(7));
  await taken();
  expect(page.act().experiment.monotone.weights).toBe('trained');
  expectNote(page, { note: 'mine.safetensors is in use. A network.', taken: true });
  expect(page.calls()).toContain('configure with 7 bytes');
  page.act().openWeightsFile(fileOf(9));
  await taken();
  expect(page.calls()).toContain('configure with 9 bytes');
});

it('one that it refuses is said, and what was there stays', async () => {
  const fault = { kind: 'bad-input', message: 'It lacks A.weight.' } as const;
  const page = await openMonotone({ failing: { readWeights: fault } });
  const { experiment, records } = page.act();
  const before = page.calls()?.length ?? 0;
  page.act().openWeightsFile(fileOf(7));
  await taken();
  expectNote(page, {
    note: 'mine.safetensors: It lacks A.weight. The random weights stay in use.',
    taken: false,
  });
  expect(page.act()).toMatchObject({ experiment, records, fault: null });
  expect(page.since(before)).toEqual(['readWeights of 7 bytes']);
  // None of its bytes were kept: “yours” is not there to be chosen.
  page.act().change(PATH, 'trained');
  expect(page.act().experiment).toBe(experiment);
});

it('an edit while it is read is kept, and the file is taken all the same', async () => {
  const page = await openMonotone();
  page.act().openWeightsFile(fileOf(7));
  page.act().change('drawing.digit', '3');
  await taken();
  expect(page.act().experiment.drawing.digit).toBe('3');
  expect(page.act().experiment.monotone.weights).toBe('trained');
});

it('the weights that a file takes the place of come back with Undo, and those of the file with Redo', async () => {
  const page = await openMonotone();
  const last = () => page.calls()?.findLast((call) => call.startsWith('configure'));
  page.act().openWeightsFile(fileOf(7));
  await taken();
  // Of another width: with the weights of the second file alone, the first set-up could only have random ones.
  page.act().change('monotone.hidden', 40);
  page.act().openWeightsFile(fileOf(9));
  await taken();
  expect(last()).toBe('configure with 9 bytes');
  page.act().undo();
  expect(page.act().experiment.monotone.weights).toBe('random');
  page.act().undo();
  await settle();
  expect(page.act().experiment.monotone.weights).toBe('trained');
  expect(last()).toBe('configure with 7 bytes');
  while (page.act().redoable !== null) page.act().redo();
  await settle();
  expect(last()).toBe('configure with 9 bytes');
});
