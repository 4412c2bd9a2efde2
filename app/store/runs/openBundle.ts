/** Opens a file of runs: its runs join those here, its set-up comes into the rail as one change that can be undone. */
import '../../families/whole.ts';
import {
  bundleLimits,
  looksLikeBundle,
  readBundle,
  type Bundle,
} from '../../../src/runs/bundle.ts';
import type { RunHead, RunRecord } from '../../../src/runs/run.ts';
import { weightsOf, withRandomWeights } from '../../../src/schema/weights.ts';
import { formatBytes, plural } from '../../format.ts';
import { say } from '../../ui/say.ts';
import { fitsWeights } from '../config/weights.ts';
import { faultOf } from '../engine/faults.ts';
import { wayBack } from '../link/wayBack.ts';
import type { AppStore } from '../store.ts';
import { runsOf, type Runs } from './runs.ts';
import { newId } from '../newId.ts';

/** Sentences that a note has room for. */
const MOST_SENTENCES = 8;

/** Takes a file that is one of runs; false where it is something else, unless it is `meant` to be one. Never rejects. */
export async function openBundle(store: AppStore, file: File, meant: boolean): Promise<boolean> {
  const refuse = (problem: string): true => {
    say('error', `“${file.name}” could not be opened`, { description: problem, duration: 20_000 });
    return true;
  };
  try {
    const start = await file.slice(0, 200).text();
    if (!looksLikeBundle(start)) {
      return meant ? refuse('It is not a file of runs of this page (deq-run-….json).') : false;
    }
    if (file.size > bundleLimits.bytes) {
      return refuse(
        `It has ${formatBytes(file.size)}; files of runs of up to ${formatBytes(bundleLimits.bytes)} can be opened here.`,
      );
    }
    const read = readBundle(await file.text());
    if ('problem' in read) return refuse(read.problem);
    await take(store, file.name, read.bundle, read.adjustments);
    return true;
  } catch (error) {
    return refuse(
      `It could not be read (${faultOf(error).message}). It may have been moved or changed: choose it again.`,
    );
  }
}

async function take(
  store: AppStore,
  name: string,
  bundle: Bundle,
  adjustments: readonly string[],
): Promise<void> {
  const { added, known } = await addRuns(runsOf(store), bundle.runs);
  const sentences = [...adjustments];
  if (bundle.text !== undefined) await store.getState().ownTextLoaded();
  const goBack = wayBack(store);
  const { ownWeights, open, showView, setTrainingText, corpus, openRuns } = store.getState();
  let { experiment } = bundle;
  if (weightsOf(experiment) === 'trained' && !fitsWeights(experiment, ownWeights)) {
    experiment = withRandomWeights(experiment);
    sentences.push('Weights are not in such files; those of the set-up are random now.');
  }
  if (bundle.text !== undefined && bundle.text !== corpus.own) {
    if (corpus.own !== '')
      sentences.push('It brought a training text; your own is set aside (“Bring it back”).');
    // It chooses the corpus, which the set-up has its own say in.
    setTrainingText(bundle.text, true);
  }
  open(experiment);
  showView(bundle.view);
  openRuns(true);
  const shown = sentences.slice(0, MOST_SENTENCES).join(' ');
  const more = sentences.length - MOST_SENTENCES;
  say(
    sentences.length > 0 ? 'warning' : 'success',
    `Opened “${name}”: ${plural(added, 'run')}${known > 0 ? `, and ${plural(known, 'run')} that was here already` : ''}. Undo takes its settings back.`,
    {
      ...(sentences.length > 0
        ? { description: `${shown}${more > 0 ? ` And ${String(more)} more.` : ''}` }
        : {}),
      duration: 30_000,
      action: { label: 'Undo', onClick: goBack },
    },
  );
}

/** Adds runs; one that is here already is left as it is, another one of the same id gets an id of its own. */
async function addRuns(
  runs: Runs,
  records: readonly RunRecord[],
): Promise<{ readonly added: number; readonly known: number }> {
  await runs.ready();
  let known = 0;
  const here = new Map(runs.heads.map((head) => [head.id, head]));
  // A star is the receiver's choice: the sender's does not take its place.
  const starred = runs.heads.some((head) => head.starred);
  for (const { head, trace } of records) {
    const mine = here.get(head.id);
    if (mine && sameRun(mine, head)) {
      known++;
      continue;
    }
    const id = mine ? newId() : head.id;
    await runs.add({ ...head, id, starred: head.starred && !starred }, trace);
  }
  return { added: records.length - known, known };
}

/** Whether it is that run, whatever was written on it since. */
const sameRun = (a: RunHead, b: RunHead): boolean =>
  JSON.stringify([a.experiment, a.metrics, a.device, a.status]) ===
  JSON.stringify([b.experiment, b.metrics, b.device, b.status]);
