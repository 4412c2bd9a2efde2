import { familyIds, familyOf } from '../../../src/families/settings.ts';
import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { fieldPaths, findField, type FieldPath, type Section } from '../../../src/schema/fields.ts';
import { isRelevant } from '../../../src/schema/relevance.ts';
import { shapeOf, solveOnlyPaths, weightsPaths } from '../../../src/schema/weights.ts';
import { shallow } from 'zustand/shallow';
import type { AppState } from '../state.ts';
import type { TrainAccess } from './types.ts';

/** Sections a training run depends on. */
const sections: readonly Section[] = [
  ...familyIds.flatMap((id) => {
    const { model, learns } = familyOf(id);
    return [...Object.keys(model), ...(learns?.data ? [learns.data] : [])] as Section[];
  }),
  ...(['solver', 'backward', 'train', 'random'] as const),
];

/**
 * Fields of those sections that say nothing to a run: it begins with random weights whatever the
 * Solve view shows, and has limits and tolerances of its own for its solves.
 */
const unheard: ReadonlySet<FieldPath> = new Set<FieldPath>([
  ...weightsPaths,
  ...solveOnlyPaths,
  'solver.tolerance',
  'solver.stopMode',
  'solver.maxIterations',
  'backward.tolerance',
  'backward.maxIterations',
]);

const heard = fieldPaths.filter(
  (path) => !unheard.has(path) && sections.some((section) => path.startsWith(`${section}.`)),
);

/** Settings in which the rail differs from the run, in table order; those without effect left out. */
export const differing = (applied: Experiment, experiment: Experiment): readonly FieldPath[] =>
  heard.filter(
    (path) =>
      settingAt(applied, path) !== settingAt(experiment, path) && isRelevant(path, experiment),
  );

/** Whether a field may change while it trains. */
export const isLive = (path: FieldPath): boolean => findField(path)?.live === true;

/** `applied` with the value that `experiment` has at a path. */
export function withValueOf(
  applied: Experiment,
  experiment: Experiment,
  path: FieldPath,
): Experiment {
  const [section, key] = path.split('.') as [Section, string];
  const value = settingAt(experiment, path);
  return { ...applied, [section]: { ...applied[section], [key]: value } };
}

/** Names what a report on the corpus depends on; `own` goes up when the visitor's text changes. */
export function corpusKey(experiment: Experiment, own: number): string {
  const { data, train, random, problem } = experiment;
  const { learns } = familyOf(problem.family);
  if (!learns?.texts) {
    const own = learns?.data && [experiment[learns.data as Section], random.seed];
    return JSON.stringify([problem.family, shapeOf(experiment), own]);
  }
  const { source, tokenizer, merges } = data;
  const text = source === 'own' ? own : source === 'moby-dick' ? 0 : random.seed;
  const ids = tokenizer === 'bpe' ? merges : 0;
  // A window of the text must fit into what is held out.
  return JSON.stringify([[source, text, tokenizer, ids, train.length], shapeOf(experiment)]);
}

/** Keeps `restartNeeded` true to the rail, the run and the text. */
export function watchDifferences({ get, set, subscribe, backstage }: TrainAccess): void {
  subscribe(
    ({ run, experiment, corpus }) => [run?.applied, experiment, corpus.own, backstage()],
    () => {
      const state = get();
      const paths = needed(state, backstage()?.text);
      if (!shallow(paths, state.restartNeeded)) set({ restartNeeded: paths });
    },
    { equalityFn: shallow },
  );
}

function needed(
  { run, experiment, corpus }: AppState,
  text: string | undefined,
): readonly FieldPath[] {
  if (!run) return [];
  const paths = differing(run.applied, experiment);
  const sameSource = run.applied.data.source === 'own' && experiment.data.source === 'own';
  // Another text is another corpus, though the setting is the same.
  return sameSource && corpus.own !== text ? ['data.source', ...paths] : paths;
}
