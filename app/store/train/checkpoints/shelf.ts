import type { DBSchema } from 'idb';
import { parseExperiment } from '../../../../src/schema/readExperiment.ts';
import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { keptDatabase, type Writing } from '../../database.ts';
import type { Bytes } from '../../files.ts';
import { setAside } from '../texts.ts';
import type { CheckpointEntry } from '../types.ts';

/** A checkpoint without what only follows from the others. */
export type Kept = Omit<CheckpointEntry, 'best'>;

/** Checkpoints of a run that are kept whatever their loss. */
const NEWEST = 3;

const newestFirst = <K extends Kept>(entries: readonly K[]): K[] =>
  entries.toSorted((a, b) => b.savedAt - a.savedAt || b.step - a.step);

/** The one with the lowest validation loss, the newest of equals. */
const bestOf = <K extends Kept>(entries: readonly K[]): K | undefined =>
  newestFirst(entries)
    .filter(({ validation }) => validation !== null)
    .toSorted((a, b) => (a.validation ?? 0) - (b.validation ?? 0))[0];

/** Of one run's checkpoints, those that are neither among the newest three nor the best. */
export function superfluous<K extends Kept>(entries: readonly K[]): readonly K[] {
  const best = bestOf(entries);
  return newestFirst(entries)
    .slice(NEWEST)
    .filter((entry) => entry !== best);
}

/** All checkpoints, newest first, the best of each run marked. */
export function withBest(entries: readonly Kept[]): readonly CheckpointEntry[] {
  const runs = new Set(entries.map(({ runId }) => runId));
  const best = new Set(
    [...runs].map((run) => bestOf(entries.filter(({ runId }) => runId === run))?.id),
  );
  return newestFirst(entries).map((entry) => ({ ...entry, best: best.has(entry.id) }));
}

/** The newest state of the newest run that was not finished and not declined. */
export function resumableOf(
  entries: readonly CheckpointEntry[],
  declined: readonly string[],
): CheckpointEntry | null {
  const seen = new Set<string>();
  for (const entry of newestFirst(entries)) {
    // Only a run's newest state says whether it was finished.
    if (seen.has(entry.runId)) continue;
    seen.add(entry.runId);
    if (entry.step < entry.steps && !declined.includes(entry.runId)) return entry;
  }
  return null;
}

/** A checkpoint with all that a run needs to go on. */
export interface SavedRun {
  readonly entry: Kept;
  readonly file: Bytes;
  /** The own text it learns from; absent for other corpora. */
  readonly text: string | undefined;
  /** Of the whole run so far; some may be newer than the checkpoint. */
  readonly records: readonly TrainRecord[];
}

/** What a new checkpoint is kept with. */
export interface Keeping {
  readonly entry: Kept;
  readonly file: Bytes;
  /** An own text, by its name. */
  readonly text: { readonly name: string; readonly text: string } | null;
  /** Records made since the checkpoint before. */
  readonly records: readonly TrainRecord[];
}

/** Everything training keeps in this browser. Each method rejects when the browser refuses. */
export interface Shelf {
  /** Newest first. */
  readonly list: () => Promise<readonly CheckpointEntry[]>;
  /** All of it or, if it fails, nothing; drops those of the run that are no longer worth room. */
  readonly keep: (keeping: Keeping) => Promise<void>;
  readonly read: (id: string) => Promise<SavedRun | undefined>;
  readonly remove: (id: string) => Promise<void>;
  readonly ownText: () => Promise<{ readonly text: string; readonly aside: readonly string[] }>;
  /**
   * Keeps the own text and those set aside; resolves with the latter. A text that another tab has
   * put in the place of the one `known` here is set aside too.
   */
  readonly keepOwnText: (own: {
    readonly text: string;
    readonly aside: readonly string[];
    readonly known: string;
  }) => Promise<readonly string[]>;
  /** Runs the visitor does not want to be offered again. */
  readonly declined: () => Promise<readonly string[]>;
  readonly decline: (runId: string, yes: boolean) => Promise<void>;
}

type Stored = Kept & { readonly text: string | null };
interface Schema extends DBSchema {
  /** Without their files, so that listing them stays cheap. */
  checkpoints: { key: string; value: Stored };
  files: { key: string; value: Bytes };
  /** In chunks; the key's second part goes up. Later chunks win where steps overlap. */
  records: { key: [string, number]; value: readonly TrainRecord[] };
  texts: { key: string; value: string };
  own: { key: string; value: string | readonly string[] };
  declined: { key: string; value: true };
}

const NAMES = ['checkpoints', 'files', 'records', 'texts', 'own', 'declined'] as const;
const OWN = 'text';
const ASIDE = 'aside';
const chunksOf = (run: string): IDBKeyRange => IDBKeyRange.bound([run], [run, []]);

/** The shelf, opened when first used. */
export function createShelf(): Shelf {
  const { open, write } = keptDatabase<Schema>('deq-playground', NAMES);

  return {
    list: async () => withBest(await (await open()).getAll('checkpoints')).map(clean),
    keep: ({ entry, file, text, records }) =>
      write(async (writing) => {
        const { id, runId } = entry;
        const chunks = writing.objectStore('records');
        const last = await chunks.openKeyCursor(chunksOf(runId), 'prev');
        const texts = writing.objectStore('texts');
        // A name stands for one text: megabytes that are there are not written at each checkpoint.
        if (text && !(await texts.getKey(text.name))) await texts.put(text.text, text.name);
        if (records.length > 0) await chunks.put(records, [runId, (last?.key[1] ?? -1) + 1]);
        await writing.objectStore('files').put(file, id);
        const entries = writing.objectStore('checkpoints');
        await entries.put({ ...entry, text: text?.name ?? null }, id);
        const siblings = (await entries.getAll()).filter((other) => other.runId === runId);
        for (const old of superfluous(siblings)) await discard(writing, old);
      }),
    read: async (id) => {
      const opened = await open();
      const [entry, file] = await Promise.all([
        opened.get('checkpoints', id),
        opened.get('files', id),
      ]);
      if (!entry || !file) return undefined;
      const text = entry.text === null ? undefined : await opened.get('texts', entry.text);
      const chunks = await opened.getAll('records', chunksOf(entry.runId));
      const records = chunks.flat().map(current);
      return { entry: clean(entry), file, text, records };
    },
    remove: (id) =>
      write(async (writing) => {
        await discard(writing, { id });
        await sweep(writing);
      }),
    ownText: async () => {
      const opened = await open();
      const [text, aside] = await Promise.all([opened.get('own', OWN), opened.get('own', ASIDE)]);
      return { text: textOf(text), aside: Array.isArray(aside) ? aside.map(textOf) : [] };
    },
    keepOwnText: async ({ text, aside, known }) => {
      const writing = (await open()).transaction('own', 'readwrite');
      const stored = textOf(await writing.store.get(OWN));
      const others = stored === known || stored === text ? aside : setAside(aside, stored);
      await Promise.all([
        writing.store.put(text, OWN),
        writing.store.put(others, ASIDE),
        writing.done,
      ]);
      return others;
    },
    declined: async () => (await open()).getAllKeys('declined'),
    decline: async (runId, yes) => {
      const opened = await open();
      if (yes) await opened.put('declined', true, runId);
      else await opened.delete('declined', runId);
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

async function discard(writing: Writing<Schema>, { id }: { readonly id: string }): Promise<void> {
  await writing.objectStore('checkpoints').delete(id);
  await writing.objectStore('files').delete(id);
}

/** Drops texts, records and marks that no checkpoint needs any more. */
async function sweep(writing: Writing<Schema>): Promise<void> {
  const left = await writing.objectStore('checkpoints').getAll();
  const runs = new Set(left.map(({ runId }) => runId));
  const names = new Set(left.map(({ text }) => text));
  const texts = writing.objectStore('texts');
  for (const name of await texts.getAllKeys()) if (!names.has(name)) await texts.delete(name);
  const records = writing.objectStore('records');
  for (const key of await records.getAllKeys()) if (!runs.has(key[0])) await records.delete(key);
  const declined = writing.objectStore('declined');
  for (const run of await declined.getAllKeys()) if (!runs.has(run)) await declined.delete(run);
}

/** A record as this page has them: before tasks had units of their own, all counted tokens. */
const current = (record: TrainRecord & { readonly tokens?: number }): TrainRecord => {
  const { tokens, ...rest } = record;
  return tokens === undefined ? record : { ...rest, examples: tokens };
};

/** A page of another version may have kept it, so its experiment is read like a stranger's. */
const clean = <K extends Kept>(kept: K): K => ({
  ...kept,
  experiment: parseExperiment(kept.experiment).experiment,
});
