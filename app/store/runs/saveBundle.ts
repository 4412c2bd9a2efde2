/** Writes the present set-up with runs as one file. */
import { bundleName, writeBundle } from '../../../src/runs/bundle.ts';
import type { RunHead, RunRecord } from '../../../src/runs/run.ts';
import { fieldPaths, findField, sectionOf } from '../../../src/schema/fields.ts';
import { presetExperiment, settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { familyOf } from '../../../src/families/settings.ts';
import { weightsOf } from '../../../src/schema/weights.ts';
import { plural } from '../../format.ts';
import { say } from '../../ui/say.ts';
import { saveFile } from '../files.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import { hashOfText } from './hash.ts';
import { runsOf } from './runs.ts';
import { runBuild } from './solveRun.ts';

/** What would be saved. */
export interface Saving {
  readonly heads: readonly RunHead[];
  /** What is the visitor's own in it, in words: their input, their drawing. Always in it. */
  readonly own: readonly string[];
  /** The visitor's training text, where it belongs to what is saved: in it only if they say so. */
  readonly text: string | null;
}

/** The chosen runs or, where none is, the newest. */
export const runsToSave = ({ runs }: AppState): readonly RunHead[] =>
  runs.visible.length > 0
    ? runs.heads.filter(({ id }) => runs.visible.includes(id))
    : runs.heads.slice(0, 1);

/** Looks through what would be saved, before anything is. */
export async function lookThrough(store: AppStore): Promise<Saving> {
  await runsOf(store).ready();
  const state = store.getState();
  const heads = runsToSave(state);
  const setUps = [state.experiment, ...heads.map(({ experiment }) => experiment)];
  const own = [...new Set(setUps.flatMap(ownInputs))];
  const { own: text } = state.corpus;
  const learns = heads.some(({ kind, experiment }) => kind === 'training' && usesOwn(experiment));
  if (text === '' || !(usesOwn(state.experiment) || learns)) return { heads, own, text: null };
  if (usesOwn(state.experiment)) return { heads, own, text };
  // The runs learnt from a text of the visitor's; it may be an earlier one.
  const hash = await hashOfText(text);
  const same = heads.some(({ input }) => input.hash !== undefined && input.hash === hash);
  return { heads, own, text: same ? text : null };
}

const usesOwn = ({ problem, data }: Experiment): boolean =>
  familyOf(problem.family).learns?.texts === true && data.source === 'own';

/** Inputs that somebody wrote or drew: texts of a set-up that are not its preset's. */
function ownInputs(experiment: Experiment): readonly string[] {
  const { inputs } = familyOf(experiment.problem.family);
  const preset = presetExperiment(experiment.preset);
  return fieldPaths.flatMap((path) => {
    const field = findField(path);
    if (field?.control !== 'text' || !(sectionOf(path) in inputs)) return [];
    return settingAt(experiment, path) === settingAt(preset, path)
      ? []
      : [`your ${field.label.toLowerCase()}`];
  });
}

/** Has the browser save the file; resolves with its name. Rejects, in words, where a run is gone. */
export async function saveBundle(
  store: AppStore,
  { heads, text }: Saving,
  withText: boolean,
): Promise<string> {
  const runs = runsOf(store);
  const records: RunRecord[] = [];
  for (const head of heads) records.push({ head, trace: await runs.loadTrace(head.id) });
  const { experiment, view, run } = store.getState();
  const written = writeBundle({
    ...{ build: runBuild(), experiment, runs: records },
    view: view === 'train' ? 'train' : 'solve',
    ...(withText && text !== null ? { text } : {}),
  });
  const name = bundleName(heads, new Date());
  saveFile(name, new TextEncoder().encode(written));
  const trained =
    run !== null ||
    [experiment, ...heads.map((head) => head.experiment)].some(
      (one) => weightsOf(one) === 'trained',
    ) ||
    heads.some(({ kind }) => kind === 'training');
  say('success', `Saved ${name}: the set-up and ${plural(heads.length, 'run')}`, {
    ...(trained
      ? {
          description:
            'Weights are not in it: “Download model” in the Train view saves them, as deq-model-step-….safetensors.',
          duration: 12_000,
        }
      : {}),
  });
  return name;
}
