/** Set-ups from outside: objects and links of unknown origin, of any family. */
import '../families/whole.ts';
import { defaultFamily, familyIds, familyOf } from '../families/settings.ts';
import { applyConstraints } from './constraints.ts';
import {
  defaultExperiment,
  presetExperiment,
  type Experiment,
  type ParsedExperiment,
} from './experiment.ts';
import {
  composeSettings,
  fieldPaths,
  findField,
  keyOf,
  sectionOf,
  settingAt,
  withSetting,
  type Settings,
} from './fields.ts';
import { migrate, readVersion, retiredPaths } from './migrations.ts';
import { isOfFamily, ownerOf } from './owners.ts';
import { defaultPreset, firstPreset, isPresetName, presets, type PresetName } from './presets.ts';
import { readField } from './readField.ts';
import { isRecord, ownNames, ownValue } from './untrusted.ts';
import { describe, listIgnored, quote } from './wording.ts';

/** Something to read a set-up from: an object or a link. Nothing it returns is trusted. */
export interface ExperimentSource {
  readonly version: unknown;
  readonly preset: unknown;
  /** The view it is for, where it says one that settings have an effect in. */
  readonly view?: 'solve' | 'train' | undefined;
  /** The raw value of a path of the schema, undefined if absent. */
  readonly read: (path: string) => unknown;
  /** Names it holds beyond the known paths, for the list of what was ignored. */
  readonly unknownNames: (known: ReadonlySet<string>) => readonly string[];
}

/** Reads a set-up from an object of unknown origin. Never throws; what it can't use, it replaces. */
export function parseExperiment(value: unknown): ParsedExperiment {
  if (!isRecord(value)) {
    const { title } = presets[defaultPreset];
    const adjustment = `There was no set-up to read; opened ${quote(title)} instead.`;
    return { experiment: defaultExperiment, adjustments: [adjustment] };
  }
  return readExperiment({
    version: ownValue(value, 'version'),
    preset: ownValue(value, 'preset'),
    read: (path) => ownValue(ownValue(value, sectionOf(path)), keyOf(path)),
    unknownNames: (known) => {
      const sections = new Set([...known].map(sectionOf));
      return ownNames(value).flatMap((name) => {
        if (name === 'version' || name === 'preset') return [];
        const section = sections.has(name as keyof Settings) ? ownValue(value, name) : undefined;
        if (!isRecord(section)) return [name];
        return ownNames(section)
          .map((key) => `${name}.${key}`)
          .filter((path) => !known.has(path));
      });
    },
  });
}

/** The one way from untrusted values to an experiment, whatever they came in. */
export function readExperiment(source: ExperimentSource): ParsedExperiment {
  const adjustments: string[] = [];
  const note = (sentence: string | undefined): void => {
    if (sentence !== undefined) adjustments.push(sentence);
  };
  const { version, adjustment } = readVersion(source.version);
  note(adjustment);
  const known = new Set<string>([...fieldPaths, ...retiredPaths(version)]);
  const values = new Map([...known].map((path) => [path, source.read(path)]));
  const draft = migrate({ preset: source.preset, values }, version);
  const preset = readPreset(
    draft.preset,
    firstOf(draft.values.get('problem.family'), source),
    note,
  );
  const base = presetExperiment(preset);
  const settings = composeSettings((path) => {
    const raw = draft.values.get(path);
    const field = findField(path);
    if (raw === undefined || !field) return settingAt(base, path);
    const reading = readField(field, raw, settingAt(base, path));
    note(reading.adjustment);
    return reading.value;
  });
  const own = ownSettings({ ...base, ...settings }, base);
  note(own.adjustment);
  const repaired = applyConstraints(own.experiment);
  repaired.adjustments.forEach(note);
  note(listIgnored(source.unknownNames(known)));
  return { experiment: repaired.settings, adjustments };
}

/** The set-up without what was set of other families' own, and a sentence on that. */
function ownSettings(
  experiment: Experiment,
  base: Experiment,
): { readonly experiment: Experiment; readonly adjustment?: string } {
  const { family } = experiment.problem;
  const foreign = fieldPaths.filter(
    (path) => !isOfFamily(path, family) && settingAt(experiment, path) !== settingAt(base, path),
  );
  if (foreign.length === 0) return { experiment };
  const own = foreign.reduce(
    (settings, path) => withSetting(settings, path, settingAt(base, path)),
    experiment,
  );
  const others = [...new Set(foreign.map(ownerOf))].filter((id) => id !== undefined);
  const whose = others.map((id) => quote(familyOf(id).title)).join(' and ');
  return {
    experiment: own,
    adjustment: `Left out, as they belong to ${whose} and this set-up is of ${quote(familyOf(family).title)}: ${foreign.join(', ')}.`,
  };
}

/** What is meant where no preset is named: the default one, or of a family that is, what that begins with. */
const firstOf = (family: unknown, { view }: ExperimentSource): PresetName => {
  const id = familyIds.find((one) => one === family);
  return id === undefined || id === defaultFamily ? defaultPreset : firstPreset(id, view);
};

function readPreset(
  raw: unknown,
  instead: PresetName,
  note: (sentence: string) => void,
): PresetName {
  if (isPresetName(raw)) return raw;
  const shown = describe(raw) ?? 'of that kind';
  if (raw !== undefined) {
    note(`There is no preset ${shown}; used ${quote(presets[instead].title)} instead.`);
  }
  return instead;
}
