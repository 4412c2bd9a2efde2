import { toast } from 'sonner';
import { beforeEach, expect, it, vi } from 'vitest';
import { madeSolve } from '../../../test/app/someRuns.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';
import { writeBundle } from '../../../src/runs/bundle.ts';
import { changeSetting, defaultExperiment } from '../../../src/schema/experiment.ts';

onFreshShelf();
beforeEach(() => {
  toast.dismiss();
});

const file = (text: string, name = 'deq-run.json'): File =>
  new File([text], name, { type: 'application/json' });

const bundle = (text?: string): string =>
  writeBundle({
    ...{ build: 'elsewhere', view: 'train', runs: [madeSolve(1), madeSolve(2)] },
    experiment: changeSetting(defaultExperiment, 'solver.tolerance', 1e-6).experiment,
    ...(text === undefined ? {} : { text }),
  });

/** Opens a file, and waits until it has been taken or refused, and that has been said. */
async function opened(page: ReturnType<typeof openTrain>, given: File): Promise<boolean> {
  let taken: boolean | undefined;
  void page
    .act()
    .openBundle(given, true)
    .then((is) => (taken = is));
  for (let turn = 0; turn < 50 && (taken === undefined || !said()); turn++) {
    await vi.dynamicImportSettled();
    await wait(100);
  }
  return taken === true;
}

/** What was said last, with what its button does. */
function said() {
  const newest = toast.getToasts().at(-1);
  if (!newest || !('title' in newest)) return null;
  const { action } = newest;
  const press =
    action && typeof action === 'object' && 'onClick' in action
      ? () => {
          (action.onClick as () => void)();
        }
      : null;
  return {
    words: [newest.title, newest.description].filter((one) => typeof one === 'string').join('. '),
    press,
  };
}

it('Undo after opening a file takes back its set-up, view and text, and leaves the runs it brought', async () => {
  const page = openTrain();
  const { act } = page;
  act().showView('solve');
  act().setTrainingText('My own words. '.repeat(20));
  act().change('cell.width', 48);
  await wait(2000);
  const before = act();
  const theirs = bundle('Somebody else’s words. '.repeat(20));
  expect(await opened(page, file(theirs))).toBe(true);
  expect(act().experiment.solver.tolerance).toBe(1e-6);
  expect(act().corpus.own).toContain('Somebody');
  expect(act().view).toBe('train');
  expect(act().runs.heads).toHaveLength(2);
  expect(said()?.words).toContain('2 runs');
  said()?.press?.();
  await wait(500);
  expect(act().experiment).toEqual(before.experiment);
  expect(act().corpus.own).toBe(before.corpus.own);
  expect(act().view).toBe('solve');
  expect(act().runs.heads).toHaveLength(2);
});

it.each([
  ['cut in the middle', bundle().slice(0, 900), 'ends too early'],
  ['empty', '', 'not a file of runs'],
  ['another file, renamed', '{"name":"deq","version":"1.0.0"}', 'not a file of runs'],
  [
    'without anything to read',
    '{"format":"deq-runs","version":1,"runs":[null,{}],"experiment":[]}',
    'Neither a set-up nor a run',
  ],
  ['of a newer page', bundle().replace('"version":1', '"version":9'), 'newer version'],
])('a file that is %s changes nothing, and says why', async (_, text, words) => {
  const page = openTrain();
  const { act } = page;
  await wait(500);
  const before = act();
  expect(await opened(page, file(text))).toBe(true);
  expect(said()?.words).toContain(words);
  expect(act().experiment).toBe(before.experiment);
  expect(act().runs.heads).toEqual([]);
});
