import { weightsOf, withRandomWeights } from '../../../src/schema/weights.ts';
import { type Experiment, settingAt } from '../../../src/schema/experiment.ts';
import { type FieldPath, fieldPaths, findField } from '../../../src/schema/fields.ts';
import { presets } from '../../../src/schema/presets.ts';
import type { StoreAccess, Watch } from '../state.ts';
import { fitsWeights, type Weights } from './weights.ts';

/** The way back through the set-ups of this visit, whoever changed them. */
export interface HistorySlice {
  /** What undoing would take back, in a word or two; null where there is nothing. */
  readonly undoable: string | null;
  /** What redoing would bring again; null where there is nothing. */
  readonly redoable: string | null;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Changes of one setting that follow each other this closely are one: a slider sends dozens. */
const RUN_MILLISECONDS = 1000;
const LONGEST = 100;

/** A set-up to go to, and what is different in it. */
interface Entry {
  readonly experiment: Experiment;
  /** What the visitor's own weights of then were made in. */
  readonly own: Experiment | null;
  readonly words: string;
  /** The setting that was changed by itself, which further moves of it go on with. */
  readonly path?: FieldPath;
  readonly at: number;
}

/** What the history takes from the store, besides reading and writing. */
export interface HistoryOptions extends StoreAccess, Watch {
  /** Milliseconds that only go up. */
  readonly now: () => number;
  /** Told of each setting that an undo or a redo changes. */
  readonly onChanged: (path: FieldPath) => void;
  /** The visitor's own weights that were made in this very set-up, while they are kept. */
  readonly kept: Weights['kept'];
}

/**
 * The history, and what is to be told when one setting was changed by itself. It watches the set-up
 * instead of being called, so that no way of changing it can be forgotten.
 */
export function createHistory(options: HistoryOptions): {
  readonly slice: HistorySlice;
  readonly changedAlone: (path: FieldPath) => void;
} {
  const { get, set, subscribe, now, onChanged, kept } = options;
  let past: readonly Entry[] = [];
  let future: readonly Entry[] = [];
  let travelling = false;
  /** Whether the newest entry may still grow; not after it was travelled to. */
  let growing = false;
  /** The visitor's own weights at the newest set-up: a file brings both, and the weights first. */
  let own: Experiment | null = null;

  const show = (): void => {
    set({ undoable: past.at(-1)?.words ?? null, redoable: future.at(-1)?.words ?? null });
  };
  subscribe(
    ({ experiment }) => experiment,
    (experiment, old) => {
      const before = { experiment: old, own };
      own = get().ownWeights;
      if (travelling) return;
      const words = differenceWords(old, experiment) ?? (own === before.own ? null : 'weights');
      if (words === null) return;
      past = [...past, { ...before, words, at: now() }].slice(-LONGEST);
      future = [];
      show();
    },
  );
  const changedAlone = (path: FieldPath): void => {
    const [before, newest] = past.slice(-2);
    const last = past.at(-1);
    if (!last) return;
    const goesOn =
      growing && newest && before?.path === path && newest.at - before.at < RUN_MILLISECONDS;
    const start = goesOn ? before : last;
    past = [...past.slice(0, goesOn ? -2 : -1), { ...start, path, at: last.at }];
    growing = true;
  };
  const travel = ({ experiment: to, own: made }: Pick<Entry, 'experiment' | 'own'>): void => {
    const { experiment: from, ownWeights, open, openModel } = get();
    const trained = weightsOf(to) === 'trained';
    // Those that a file has replaced since are brought back with their set-up.
    const others = trained && made !== ownWeights && kept(made) !== null;
    if (others) set({ ownWeights: made });
    // Too much has been opened since for them to be kept.
    const gone = made !== ownWeights && !others;
    const lost = trained && (gone || !fitsWeights(to, made));
    const next = lost ? withRandomWeights(to) : to;
    travelling = true;
    growing = false;
    try {
      (others ? openModel : open)(next, true);
    } finally {
      travelling = false;
    }
    changedPaths(from, next).forEach(onChanged);
    show();
  };
  return {
    changedAlone,
    slice: {
      undoable: null,
      redoable: null,
      undo: () => {
        const entry = past.at(-1);
        if (!entry) return;
        past = past.slice(0, -1);
        future = [...future, { ...entry, experiment: get().experiment, own }];
        travel(entry);
      },
      redo: () => {
        const entry = future.at(-1);
        if (!entry) return;
        future = future.slice(0, -1);
        past = [...past, { ...entry, experiment: get().experiment, own }];
        travel(entry);
      },
    },
  };
}

const changedPaths = (a: Experiment, b: Experiment): readonly FieldPath[] =>
  fieldPaths.filter((path) => settingAt(a, path) !== settingAt(b, path));

/** What differs between two set-ups; null where nothing does. */
function differenceWords(old: Experiment, next: Experiment): string | null {
  if (old.preset !== next.preset) return `preset “${presets[next.preset].title}”`;
  const [first, ...others] = changedPaths(old, next);
  if (first === undefined) return null;
  const name = findField(first)?.label ?? first;
  return others.length === 0 ? name : `${name} and ${String(others.length)} more`;
}
