import { shallow } from 'zustand/shallow';
import type { AppState } from '../state.ts';
import type { TrainAccess } from './access.ts';
import { differing } from './settings.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';

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
