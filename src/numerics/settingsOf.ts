import type { EventWords, KindSettings } from './kind.ts';
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

/** Every event that a kind can have. */
export const solverEvents = Object.fromEntries(
  [...byId.values()].flatMap(({ events }) => Object.entries(events)),
) as Readonly<Record<SolverEvent, EventWords>>;
