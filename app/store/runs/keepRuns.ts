/** Makes runs of what the visitor does: of every solve that ends, and of every training. */
import '../../families/whole.ts';
import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { fieldPaths, findField } from '../../../src/schema/fields.ts';
import { loadPart } from '../../parts/loadPart.ts';
import { readStored } from '../../stored.ts';
import { beforeLeaving } from '../page/leaving.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import type { Run, RunPhase } from '../train/types.ts';
import { hashOfText } from './hash.ts';
import { keepSolve, stepBytes } from './keepSolve.ts';
import { runsOf, type Runs } from './runs.ts';
import { INTERRUPTED } from './runsDatabase.ts';
import { inPlaceOf, type EndedSolve } from './solveRun.ts';
import { trainingRun, type SeenTraining } from './trainingRun.ts';

/** Solves that follow a hand, on a slider, on a drawing or in a field, are one run once it has rested so long. */
const REST_MILLISECONDS = 1500;

/** Keeps what ends from now on, and what has ended on screen already. Ends what it returns. */
export function keepRuns(store: AppStore, runs: Runs = runsOf(store)): () => void {
  // A frame in somebody else's page is a picture: what is tried there is not the visitor's work here.
  if (store.getState().embed) return () => undefined;
  const ends = [keepSolves(store, runs), keepTrainings(store, runs)];
  // Of most visits nothing is left over, and nothing more is fetched; where it can't be, the Compare view still offers it.
  if (readStored(INTERRUPTED) !== null) {
    loadPart(() => import('../sweeps/sweeps.ts')).then(
      ({ tellInterrupted }) => tellInterrupted(store),
      () => undefined,
    );
  }
  return () => {
    for (const end of ends) end();
  };
}

/** The solve of a pass as it stands, where it has ended; a recorded one or a fork's is none. */
function endedSolve(state: AppState, pass: 'forward' | 'backward'): EndedSolve | null {
  const { source, branch, applied: experiment, device, adjoint, solve } = state;
  const { status, records } =
    pass === 'forward' ? state : (adjoint ?? { status: null, records: [] });
  if (source !== 'live' || branch || solve < 0) return null;
  if (status === null || status === 'running' || records[0]?.iteration !== 0) return null;
  const bytes = stepBytes(state, experiment, records.length);
  return { experiment, pass, records, status, device, stepBytes: bytes };
}

/** Which of its settings is another, where it is one that a hand drags, draws or types. */
function draggedSetting(before: Experiment, after: Experiment): string | null {
  const changed = fieldPaths.filter((path) => settingAt(before, path) !== settingAt(after, path));
  const [path] = changed;
  const control = path === undefined ? undefined : findField(path)?.control;
  if (path === undefined || changed.length > 1) return null;
  return control === 'number' || control === 'text' ? path : null;
}

function keepSolves(store: AppStore, runs: Runs): () => void {
  /** The newest one, until it is clear that no other follows it at once. */
  let waiting: EndedSolve | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const commit = (): void => {
    clearTimeout(timer);
    const solve = waiting;
    waiting = null;
    if (solve) void keepSolve(store, runs, solve);
  };
  const rest = (): void => {
    clearTimeout(timer);
    timer = setTimeout(commit, REST_MILLISECONDS);
  };
  const take = (solve: EndedSolve | null): void => {
    if (!solve) return;
    if (waiting && waiting.pass === solve.pass) {
      if (draggedSetting(waiting.experiment, solve.experiment) === null) commit();
    } else commit();
    waiting = solve;
    rest();
  };

  const ends = (['forward', 'backward'] as const).map((pass) =>
    store.subscribe(
      // A number for each solve that has ended: its records are one array from then on.
      (state) => endedSolve(state, pass)?.records ?? null,
      () => {
        take(endedSolve(store.getState(), pass));
      },
      { fireImmediately: true },
    ),
  );
  const moved = store.subscribe(
    ({ experiment }) => experiment,
    (experiment) => {
      // The hand is still at it: what it has left behind is no run yet.
      if (!waiting) return;
      if (draggedSetting(waiting.experiment, experiment) === null) commit();
      else rest();
    },
  );
  const forget = beforeLeaving(commit);
  return () => {
    commit();
    forget();
    for (const end of [...ends, moved]) end();
  };
}

/** How a training stands, as runs say it; null while nothing is worth writing down. */
const standing = (phase: RunPhase): string | null =>
  phase === 'idle' || phase === 'preparing' || phase === 'pausing' ? null : phase;

function keepTrainings(store: AppStore, runs: Runs): () => void {
  /** SHA-256 of the own text that each run learns from, taken when it begins. */
  const texts = new Map<string, Promise<string | undefined>>();
  const begun = (run: Run): void => {
    if (texts.has(run.id)) return;
    const { own } = store.getState().corpus;
    const learns = run.applied.data.source === 'own' && run.report.data.text !== undefined;
    texts.set(run.id, hashOfText(learns ? own : undefined));
  };
  const keep = async (seen: Omit<SeenTraining, 'textHash'>): Promise<void> => {
    const { run } = seen;
    if (run.series.of('deq').length === 0) return;
    begun(run);
    const textHash = await texts.get(run.id);
    await runs.keep((heads) => {
      const record = trainingRun({ ...seen, textHash }, heads);
      const before = heads.find(({ training }) => training === run.id);
      return before ? inPlaceOf(before, record) : record;
    });
  };
  const seen = (run: Run, status: string): void => {
    const { trainDevice: device, trainMemory: memory } = store.getState();
    void keep({ run, status, device, memory });
  };

  const ends = [
    store.subscribe(
      ({ run }) => run?.id,
      () => {
        const { run } = store.getState();
        if (run) begun(run);
      },
      { fireImmediately: true },
    ),
    // It pauses, ends or fails.
    store.subscribe(
      ({ run, runPhase }) => (run ? runPhase : 'idle'),
      (phase) => {
        const { run } = store.getState();
        const status = standing(phase);
        if (run && status !== null && status !== 'running') seen(run, status);
      },
    ),
    // Another takes its place, or it is stopped; one that had ended by itself ended so.
    store.subscribe(
      ({ run, runPhase }) => ({ run, runPhase }),
      (_, { run, runPhase }) => {
        const ended = ['finished', 'nonfinite', 'diverged'].includes(runPhase);
        if (run && store.getState().run?.id !== run.id && !ended) seen(run, 'stopped');
      },
      { equalityFn: (a, b) => a.run === b.run && a.runPhase === b.runPhase },
    ),
    // A state of it is kept.
    store.subscribe(
      ({ run, checkpoints }) => checkpoints.find(({ runId }) => runId === run?.id)?.id,
      (checkpoint) => {
        const { run, runPhase } = store.getState();
        if (run && checkpoint !== undefined) seen(run, standing(runPhase) ?? 'running');
      },
    ),
    beforeLeaving(() => {
      const { run, runPhase } = store.getState();
      if (run && runPhase === 'running') seen(run, 'running');
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
