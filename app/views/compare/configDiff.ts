import { matters, settingName } from '../../../src/runs/difference.ts';
import type { RunHead } from '../../../src/runs/run.ts';
import { familyOf } from '../../../src/families/settings.ts';
import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { fieldPaths, findField, type FieldPath } from '../../../src/schema/fields.ts';
import { isOfFamily } from '../../../src/schema/owners.ts';
import { presets } from '../../../src/schema/presets.ts';
import { isRelevant } from '../../../src/schema/relevance.ts';
import { valueWords } from '../../../src/schema/valueWords.ts';
import { deviceWords } from './devices.ts';

/** A setting's value in one run. */
export interface DiffCell {
  readonly head: RunHead;
  /** What the set-up holds; null where the run's set-up has no use for the setting. */
  readonly value: string | number | boolean | null;
  /** As people write it. */
  readonly words: string;
  /** Whether it is another than the first column's. */
  readonly differs: boolean;
}

/** One setting across the runs, or something else that they were made with. */
export interface DiffRow {
  /** Null for what is no setting: the device, own weights, an own text. */
  readonly path: FieldPath | null;
  readonly name: string;
  /** Label of the setting where the name is a symbol. */
  readonly label: string;
  readonly cells: readonly DiffCell[];
  /** Whether any two of the runs differ in it. */
  readonly differs: boolean;
}

/**
 * Everything that can have changed the outcome of any of the runs: settings in table order, then what no setting
 * holds. The first run is what others are held against.
 */
export const configRows = (runs: readonly RunHead[]): readonly DiffRow[] => [
  ...settingRows(runs),
  ...factRows(runs),
];

function settingRows(runs: readonly RunHead[]): readonly DiffRow[] {
  return fieldPaths.flatMap((path): DiffRow[] => {
    const values = runs.map((head) => {
      const { experiment } = head;
      const used = isOfFamily(path, experiment.problem.family) && matters(path, head, experiment);
      return used ? settingAt(experiment, path) : null;
    });
    if (values.every((value) => value === null)) return [];
    const cells = runs.map((head, index): DiffCell => {
      const value = values[index] ?? null;
      return {
        ...{ head, value },
        words: value === null ? '—' : valueWords(path, value),
        differs: value !== values[0],
      };
    });
    const name = settingName(path);
    const label = findField(path)?.label ?? path;
    return [{ path, name, label, cells, differs: cells.some(({ differs }) => differs) }];
  });
}

const facts: readonly (readonly [name: string, words: (run: RunHead) => string])[] = [
  ['preset', ({ experiment }) => presets[experiment.preset].title],
  ['input', ({ input }) => withHash(input.name, input.hash)],
  ['weights', ({ input }) => withHash(input.weights.from, input.weights.hash)],
  ['device', ({ device }) => deviceWords(device)],
  ['kernels', ({ device }) => device.kernels],
  ['build', ({ build }) => build],
];

/** Two texts of one name are told apart by the beginning of their hash. */
const withHash = (words: string, hash: string | undefined): string =>
  hash === undefined ? words : `${words} (${hash.slice(0, 8)})`;

function factRows(runs: readonly RunHead[]): readonly DiffRow[] {
  return facts.map(([name, wordsOf]) => {
    const words = runs.map(wordsOf);
    const cells = runs.map((head, index): DiffCell => ({
      ...{ head, value: null },
      words: words[index] === '' ? '—' : (words[index] ?? '—'),
      differs: words[index] !== words[0],
    }));
    return { path: null, name, label: name, cells, differs: cells.some(({ differs }) => differs) };
  });
}

/** Settings that a legend has room for. */
const MOST_TOLD = 2;

/** What tells each of the runs from the others, `Picard · β 0.5`, by id; nothing where their settings are the same. */
export function toldApart(runs: readonly RunHead[]): ReadonlyMap<string, string> {
  if (runs.length < 2) return new Map();
  const rows = settingRows(runs).filter(({ differs }) => differs);
  return new Map(
    runs.map(({ id }, index) => {
      const words = rows.flatMap(({ path, name, cells }) => {
        const cell = cells[index];
        if (!cell || cell.value === null) return [];
        return path === 'solver.method' ? [cell.words] : [`${name} ${cell.words}`];
      });
      return [id, words.slice(0, MOST_TOLD).join(' · ')];
    }),
  );
}

/** Why a value can't be taken into the set-up in the rail; null where it can. */
export function cannotApply(
  path: FieldPath,
  value: string | number | boolean,
  experiment: Experiment,
): string | null {
  const { family } = experiment.problem;
  if (!isOfFamily(path, family))
    return `The set-up has another family, ${familyOf(family).title}, which has no such setting.`;
  if (settingAt(experiment, path) === value) return 'The set-up has this value already.';
  return null;
}

/** Whether a value takes effect in the set-up as it is, or waits for another setting. */
export const takesEffect = (path: FieldPath, experiment: Experiment): boolean =>
  isRelevant(path, experiment);
