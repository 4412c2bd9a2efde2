import type { EventWords, KindSettings, StateSize } from './kind.ts';
import { kindSettings } from './settings.ts';
import type { SolverEvent, SolverId } from './solver.ts';

const byId: ReadonlyMap<string, KindSettings> = new Map(
  kindSettings.map((settings): [string, KindSettings] => [settings.id, settings]),
);

/** The settings of a kind. Throws a RangeError for one that there isn't. */
export function settingsOf(id: SolverId): KindSettings {
  const settings = byId.get(id);
  if (!settings)
    throw new RangeError(
      `Unknown solver method ${JSON.stringify(id)}: use ${[...byId.keys()].join(', ')}.`,
    );
  return settings;
}

/**
 * Whether a solve by a kind that iterates the map of that name, `plain` for f itself, leaves an inverse Jacobian of
 * f(z) − z behind, for SHINE or a seeded adjoint solve.
 */
export const leavesInverse = ({
  method,
  map,
}: {
  readonly method: SolverId;
  readonly map: string;
}): boolean => map === 'plain' && settingsOf(method).learnsInverse === true;

/** Every event that a kind can have. */
export const solverEvents = Object.fromEntries(
  [...byId.values()].flatMap(({ events }) => Object.entries(events)),
) as Readonly<Record<SolverEvent, EventWords>>;

/** The size of a state of that shape, batch first. */
export const sizeOfShape = ([samples = 1, ...rest]: readonly number[]): StateSize => ({
  samples,
  numbers: rest.reduce((a, b) => a * b, 1),
});

/** Why a kind can't solve for a state of that size, and what to do, in two sentences; undefined where it can. */
export function tooLarge(id: SolverId, { samples, numbers }: StateSize): string | undefined {
  const { title, needs } = settingsOf(id);
  if (!needs) return undefined;
  const { stateAtMost = Infinity, batchAtMost = Infinity, why } = needs;
  const sentence = (what: string, size: number, most: number): string =>
    `${what} of ${size} numbers is too large for ${title}, which takes at most ${most}. ${why}`;
  if (numbers > stateAtMost) return sentence('A state', numbers, stateAtMost);
  if (samples * numbers > batchAtMost) return sentence('A batch', samples * numbers, batchAtMost);
  return undefined;
}
