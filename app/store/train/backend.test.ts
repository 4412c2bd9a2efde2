import { expect, it } from 'vitest';
import { onFakeClock } from '../../../test/app/openStore.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';
import { workKey } from '../engine/backends.ts';

onFakeClock();
onFreshShelf();

it('goes over to the backend that was found to be faster with the next run, once', async () => {
  const { store, engines } = openTrain();
  const act = () => store.getState();
  const boots = (): readonly string[] =>
    engines.flatMap(({ calls }) => calls.filter((call) => call.startsWith('boot')));
  act().train();
  await wait(300);
  expect(act().trainDevice?.backend.name).toBe('webgpu');
  act().stopTraining();
  await wait(300);
  const byWork = { [workKey(act().experiment, 'train')]: { webgpu: 2, wasm: 1 } };
  store.setState({ timings: { adapter: '', byWork } });
  act().train();
  act().train();
  await wait(300);
  expect(boots()).toEqual(['boot auto', 'boot wasm,webgpu,cpu']);
  expect(act().trainDevice?.backend.name).toBe('wasm');
  expect(act().run).not.toBeNull();
});
