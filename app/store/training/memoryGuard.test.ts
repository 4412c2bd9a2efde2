import { expect, it } from 'vitest';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';

onFreshShelf();

it('refuses a run that is predicted not to fit, and takes it when the limit is raised', async () => {
  const { act, prepare, phase } = openTrain();
  prepare();
  act().change('memory.limit', 64);
  for (const [path, value] of [
    ['cell.width', 128],
    ['train.batch', 64],
    ['train.length', 128],
  ] as const)
    act().change(path, value);
  act().train();
  await wait(300);
  expect(phase()).toBe('idle');
  expect(act().trainFault?.message).toMatch(/predicted to need \d+ MB.*limit of 64\.0 MB/);
  act().change('memory.limit', 16_384);
  act().train();
  await wait(500);
  expect(act().trainFault).toBeNull();
  expect(phase()).toBe('running');
});
