/** Sweeps as this browser keeps them, beside their runs. */
import { parseSweep, type Sweep } from '../../../src/runs/sweep.ts';
import { isRecord, ownNames, ownValue } from '../../../src/schema/untrusted.ts';
import { cleanLine } from '../../../src/runs/parseRun.ts';
import { openRunsDatabase } from '../runs/runsDatabase.ts';

/** So many are kept: of more the oldest go. Their runs stay, as runs. */
export const MOST_SWEEPS = 24;

/** A sweep, and how it stands. */
export interface KeptSweep {
  readonly sweep: Sweep;
  /**
   * `going`: somebody wants it made; where no tab is at it, it was interrupted. `paused`: to be gone on with.
   * `ended`: nothing more is wanted, whether all its cells were made or not.
   */
  readonly state: 'going' | 'paused' | 'ended';
  /** Why cells could not be made, by their key, in words; tried again when it is gone on with. */
  readonly failures: Readonly<Record<string, string>>;
}

/** Each method rejects when the browser refuses. */
export interface SweepShelf {
  /** Newest first. */
  readonly list: () => Promise<readonly KeptSweep[]>;
  readonly put: (kept: KeptSweep) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

/** The shelf, opened when first used. */
export function createSweepShelf(): SweepShelf {
  const { open, write } = openRunsDatabase();
  return {
    list: async () =>
      (await (await open()).getAll('sweeps'))
        .flatMap(readKept)
        .toSorted((a, b) => b.sweep.madeAt - a.sweep.madeAt),
    put: (kept) =>
      write(async (writing) => {
        const sweeps = writing.objectStore('sweeps');
        await sweeps.put(kept, kept.sweep.id);
        const oldest = (await sweeps.getAll())
          .flatMap(readKept)
          .toSorted((a, b) => a.sweep.madeAt - b.sweep.madeAt);
        for (const { sweep } of oldest.slice(0, Math.max(0, oldest.length - MOST_SWEEPS)))
          if (sweep.id !== kept.sweep.id) await sweeps.delete(sweep.id);
      }),
    remove: (id) =>
      write(async (writing) => {
        await writing.objectStore('sweeps').delete(id);
      }),
  };
}

/** What a page of any version has kept; none where it can't be read, which leaves it where it is. */
function readKept(raw: unknown): KeptSweep[] {
  const read = parseSweep(ownValue(raw, 'sweep'));
  if ('problem' in read) return [];
  const state = ownValue(raw, 'state');
  const given = ownValue(raw, 'failures');
  const failures = isRecord(given)
    ? ownNames(given)
        .filter((key) => /^\d+(\.\d+)?$/.test(key))
        .map((key): [string, string] => [key, cleanLine(ownValue(given, key), 400)])
    : [];
  return [
    {
      sweep: read.sweep,
      state: state === 'going' || state === 'paused' ? state : 'ended',
      failures: Object.fromEntries(failures),
    },
  ];
}
