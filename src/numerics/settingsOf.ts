import type { KindSettings } from './kind.ts';
import { kindSettings } from './settings.ts';
import type { SolverId } from './solver.ts';

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
