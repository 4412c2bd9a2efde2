/** Which settings can be swept, and over which values. */
import { formatPower } from '../../../src/schema/valueWords.ts';
import { matters } from '../../../src/runs/difference.ts';
import {
  historyPaths,
  runKindOf,
  sweepLimits,
  type SweepAxis,
  type SweepValue,
  type SweepWork,
} from '../../../src/runs/sweep.ts';
import { changeSetting, settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import type { NumberField } from '../../../src/schema/field.ts';
import {
  familySectionNames,
  fieldPaths,
  findField,
  keyOf,
  sectionOf,
  type FieldPath,
} from '../../../src/schema/fields.ts';
import { isOfFamily } from '../../../src/schema/owners.ts';
import { readField } from '../../../src/schema/readField.ts';
import { familyRules } from '../../../src/families/rules.ts';
import { kindSettings } from '../../../src/numerics/settings.ts';
import { sizeOfShape, tooLarge } from '../../../src/numerics/settingsOf.ts';
import type { SolverId } from '../../../src/schema/solverFields.ts';
import { capital } from '../../format.ts';

/** A setting that can be swept. */
export interface AxisChoice {
  /** Of the option: its paths. */
  readonly key: string;
  readonly title: string;
  /** What it stands under: "Solver", "Training". */
  readonly group: string;
  readonly paths: readonly FieldPath[];
}

/** Names an axis among the choices. */
export const axisKey = (paths: readonly string[]): string => paths.join(' ');

const sectionNames: Readonly<Record<string, string>> = {
  problem: 'Model',
  solver: 'Solver',
  backward: 'Gradient',
  train: 'Training',
  random: 'Seed',
  ...familySectionNames,
};

/**
 * Settings that have an effect on such runs, here or where the other side of the grid has another of its values: the
 * window of one solver may be swept while another is chosen.
 */
export function axisChoices(
  base: Experiment,
  work: SweepWork,
  other: SweepAxis | null,
): readonly AxisChoice[] {
  const kind = runKindOf(work);
  const bases = [
    base,
    ...(other?.values ?? []).map((value) =>
      (other?.paths ?? []).reduce((set, path) => changeSetting(set, path, value).experiment, base),
    ),
  ];
  const able = fieldPaths.filter((path) => {
    const field = findField(path);
    if (!field || field.control === 'text' || path === 'problem.family') return false;
    // A sweep says itself how long its trainings are.
    if (path === 'train.steps' || other?.paths.includes(path)) return false;
    if (!isOfFamily(path, base.problem.family)) return false;
    return bases.some((set) => matters(path, kind, set));
  });
  const history = historyPaths.filter((path) => able.includes(path));
  const single = able.map((path): AxisChoice => {
    const { label, symbol } = findField(path) ?? { label: keyOf(path) };
    const section: string = sectionOf(path);
    return {
      key: path,
      title: symbol === undefined ? label : `${label} ${symbol}`,
      group: sectionNames[section] ?? capital(section),
      paths: [path],
    };
  });
  const groups = [...new Set(['Solver', ...single.map(({ group }) => group)])];
  const both: readonly AxisChoice[] =
    history.length > 1
      ? [
          {
            ...{ key: axisKey(historyPaths), group: 'Solver', paths: historyPaths },
            title: 'History, of every solver that keeps one',
          },
        ]
      : [];
  const all = [...both, ...single];
  return groups.flatMap((group) => all.filter((choice) => choice.group === group));
}

const read = (field: NumberField, value: number): number => readField(field, value).value;

const distinct = (values: readonly number[]): readonly number[] =>
  [...new Set(values)].toSorted((a, b) => a - b);

/** Samples that there may be. */
const SAMPLES = 64;

/** Solver kinds that can hold such a state; one of unknown size only those that any size will do for. */
export function ableSolvers(base: Experiment, shape: readonly number[]): readonly SolverId[] {
  const numbers = familyRules[base.problem.family].dimensions?.(base);
  return kindSettings.flatMap((kind): SolverId[] => {
    if (!('needs' in kind)) return [kind.id];
    if (shape.length > 0)
      return tooLarge(kind.id, sizeOfShape(shape)) === undefined ? [kind.id] : [];
    // How many samples there are is not known either: a text has one for each character.
    const size = { samples: SAMPLES, numbers: numbers ?? Infinity };
    const fits = tooLarge(kind.id, size) === undefined;
    return fits ? [kind.id] : [];
  });
}

/** Values to begin with: the options of a choice, and around a number as it is. */
export function suggestedValues(
  paths: readonly FieldPath[],
  base: Experiment,
  shape: readonly number[] = [],
): readonly SweepValue[] {
  const [path] = paths;
  const field = path === undefined ? undefined : findField(path);
  if (path === undefined || !field || field.control === 'text') return [];
  if (field.control === 'flag') return [false, true];
  if (field.control === 'choice') {
    if (path === 'solver.method') return ableSolvers(base, shape);
    return field.options
      .map(({ value }) => value)
      .filter((value) => value !== 'trained')
      .slice(0, sweepLimits.values);
  }
  if (path === 'random.seed') return [0, 1, 2, 3, 4].map((at) => base.random.seed + at);
  const now = Number(settingAt(base, path));
  if (field.scale === 'log') {
    const factors = [-2, -1, 0, 1, 2].map((power) => Number((now * 10 ** power).toPrecision(6)));
    const inside = factors.filter((value) => value >= field.min && value <= field.max);
    return distinct(inside.map((value) => read(field, value)));
  }
  if (field.step >= 1) {
    const factors = [0.25, 0.5, 1, 2, 4].map((factor) => Math.round(factor * now));
    return distinct((now > 0 ? factors : [0, 1, 2, 4, 8]).map((value) => read(field, value)));
  }
  // Upwards where there is room, else down from where it is.
  const factors = 3 * now <= field.max ? [0.5, 1, 1.5, 2, 3] : [0.2, 0.4, 0.6, 0.8, 1];
  const values = now === 0 ? [0, 0.1, 0.2, 0.3, 0.5] : factors.map((factor) => factor * now);
  return distinct(values.map((value) => read(field, value)));
}

/** `count` values from one to the other, by equal factors where the setting spans decades, else by equal steps. */
export function rangeOf(
  field: NumberField,
  from: number,
  to: number,
  count: number,
): readonly number[] {
  const many = Math.min(Math.max(2, Math.round(count)), sweepLimits.values);
  const [low, high] = [read(field, Math.min(from, to)), read(field, Math.max(from, to))];
  const geometric = field.scale === 'log' && low > 0;
  return distinct(
    Array.from({ length: many }, (_, at) => {
      const share = at / (many - 1);
      const value = geometric ? low * (high / low) ** share : low + share * (high - low);
      return read(field, geometric ? Number(value.toPrecision(3)) : value);
    }),
  );
}

/** Numbers as they were typed, each once, with a sentence on each that was changed or isn't one. */
export function typedValues(
  field: NumberField,
  text: string,
): { readonly values: readonly number[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const values = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .slice(0, 4 * sweepLimits.values)
    .flatMap((part) => {
      const reading = readField(field, part, NaN);
      if (Number.isNaN(reading.value)) {
        notes.push(`“${part.slice(0, 20)}” is not a number and was left out.`);
        return [];
      }
      if (reading.adjustment !== undefined) notes.push(reading.adjustment);
      return [reading.value];
    });
  return { values: distinct(values), notes };
}

/** A number as a box holds it: what it reads again as the same. */
export const boxed = (field: NumberField, value: number): string => {
  const words = field.scale === 'log' ? formatPower(value) : String(value);
  return Number(words) === value ? words : String(value);
};
