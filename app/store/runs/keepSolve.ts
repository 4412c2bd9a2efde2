/** An ended solve goes among the runs; the lanes of a race do so when the visitor asks. */
import { predictMemory } from '../../../src/memory/memoryLaw.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { meteredProblem } from '../memory/study.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import { openCompare } from '../sweeps/comparing.ts';
import { hashOfWeights } from './hash.ts';
import { runsOf, type Runs } from './runs.ts';
import { inPlaceOf, isOwned, sameOutcome, solveRun, type EndedSolve } from './solveRun.ts';

/** Peak bytes of a training step of that set-up after so many evaluations, by the memory law; undefined before its layer has been metered. */
export function stepBytes(
  { metered, device }: Pick<AppState, 'metered' | 'device'>,
  experiment: Experiment,
  evaluations: number,
): number | undefined {
  const problem = meteredProblem({ metered, experiment, device });
  return problem ? predictMemory(experiment, 'deq', evaluations, problem).peak : undefined;
}

/** Keeps a solve as a run, in the place of one that says the same and that nobody has made their own. Resolves with its id. */
export async function keepSolve(store: AppStore, runs: Runs, solve: EndedSolve): Promise<string> {
  const weightsHash = await hashOfWeights(store, solve.experiment);
  let id = '';
  await runs.keep((heads) => {
    const made = solveRun({ ...solve, weightsHash }, heads);
    const twin = heads
      .filter((head) => sameOutcome(head, made.head))
      .toSorted((a, b) => b.savedAt - a.savedAt)[0];
    const record = twin && !isOwned(twin) ? inPlaceOf(twin, made) : made;
    id = record.head.id;
    return record;
  });
  return id;
}

/** Keeps what the lanes of the last race ran as runs, and shows them side by side in the Compare view. */
export async function compareRace(store: AppStore, runs: Runs = runsOf(store)): Promise<void> {
  const state = store.getState();
  const { race, device } = state;
  const ids: string[] = [];
  for (const { lane, records, status } of race.rows) {
    const experiment = race.experiments[lane];
    // A lane that was stopped has not ended: it would be compared by where it was left.
    if (!experiment || status === 'running') continue;
    const bytes = stepBytes(state, experiment, records.length);
    const solve = { experiment, records, status, device, stepBytes: bytes };
    ids.push(await keepSolve(store, runs, { ...solve, pass: 'forward' }));
  }
  runs.show(ids);
  openCompare(state, 'runs');
}
