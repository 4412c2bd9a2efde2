import { describe } from './wording.ts';

/** Version of the schema this code writes. */
export const schemaVersion = 1;

/** Raw contents of a link or file between two versions: nothing in it has been checked. */
export interface Draft {
  readonly preset: unknown;
  /** Values by field path; absent ones are the preset's. */
  readonly values: ReadonlyMap<string, unknown>;
}

/** The way from one version of the schema to the next. */
export interface Migration {
  /** Paths the older version had and the next one doesn't; only listed names are ever read. */
  readonly retired: readonly string[];
  readonly migrate: (draft: Draft) => Draft;
}

/** By the version they start from. Never removed: links live as long as the page. */
export type Migrations = ReadonlyMap<number, Migration>;

/** Every migration so far. */
export const migrations: Migrations = new Map<number, Migration>();

/** Every version from `from` up to the present one, in order. */
const steps = (from: number, known: Migrations, to: number): readonly Migration[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, index) => known.get(from + index)).filter(
    (step) => step !== undefined,
  );

/** Paths a draft of that version may hold beside those of the present table. */
export const retiredPaths = (
  from: number,
  known: Migrations = migrations,
  to = schemaVersion,
): readonly string[] => steps(from, known, to).flatMap(({ retired }) => retired);

/** Brings a draft of an older version up to the present one; a newer one is left as it is. */
export const migrate = (
  draft: Draft,
  from: number,
  known: Migrations = migrations,
  to = schemaVersion,
): Draft => steps(from, known, to).reduce((current, step) => step.migrate(current), draft);

/** The version a link or file says it has; a missing one is 1, from before there were others. */
export function readVersion(raw: unknown): { version: number; adjustment?: string } {
  if (raw === undefined) return { version: 1 };
  const given = typeof raw === 'string' && /^\d{1,9}$/.test(raw) ? Number(raw) : raw;
  if (typeof given !== 'number' || !Number.isSafeInteger(given) || given < 1) {
    const shown = describe(raw);
    const version = shown === undefined ? 'Its version' : `Version ${shown}`;
    return { version: 1, adjustment: `${version} is not one this page knows; read as version 1.` };
  }
  if (given <= schemaVersion) return { version: given };
  return {
    version: given,
    adjustment:
      'This link was made with a newer version of this page; what it does not know yet was left out.',
  };
}
