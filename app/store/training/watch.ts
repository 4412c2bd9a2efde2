import type { AppState } from '../state.ts';
import type { TrainAccess } from './access.ts';
import { differing } from './settings.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';

/** Keeps `restartNeeded` true to the rail, the run and the text. */
export function watchDifferences({ get, set, subscribe, backstage }: TrainAccess): void {
  let seen: readonly unknown[] = [];
  subscribe(() => {
    const state = get();
    const { run, experiment, corpus } = state;
    const now = [run?.applied, experiment, corpus.own, backstage()];
    if (now.every((part, index) => part === seen[index])) return;
    seen = now;
    const paths = needed(state, backstage()?.text);
    const old = state.restartNeeded;
    if (paths.length === old.length && paths.every((path, index) => path === old[index])) return;
    set({ restartNeeded: paths });
  });
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
