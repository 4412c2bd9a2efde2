/** What tells two runs apart, in the words of the settings table: the line below a run's name. */
import { familyOf } from '../families/settings.ts';
import { presetExperiment, settingAt, type Experiment } from '../schema/experiment.ts';
import { fieldPaths, findField, sectionOf, type FieldPath } from '../schema/fields.ts';
import { isOfFamily } from '../schema/owners.ts';
import { isRelevant } from '../schema/relevance.ts';
import { valueWords } from '../schema/valueWords.ts';
import { solveOnlyPaths, weightsPath } from '../schema/weights.ts';
import type { RunHead } from './run.ts';

/** One setting that differs. */
export interface SettingChange {
  readonly path: FieldPath;
  /** `solver`, `β`, `learning rate`. */
  readonly name: string;
  /** Its values as people write them; `—` where a set-up has no use for it. */
  readonly before: string;
  readonly after: string;
}

/** What kind of run settings are compared for: each has use for other ones. */
export type RunKind = Pick<RunHead, 'kind' | 'pass'>;

/** Stands for the value of a setting that has no effect. */
const IDLE = '—';
/** Changes that a line has room for; the rest are counted. */
const MOST_CHANGES = 4;

/** Whether a setting can change the outcome of such a run. */
export function matters(path: FieldPath, { kind, pass }: RunKind, experiment: Experiment): boolean {
  const { model, inputs, learns } = familyOf(experiment.problem.family);
  const section: string = sectionOf(path);
  if (!isRelevant(path, experiment)) return false;
  if (section === 'problem' || section === 'random' || section === 'solver') return true;
  if (kind === 'training') {
    // A training begins with random weights, whatever the rail says.
    if (path === weightsPath(experiment) || solveOnlyPaths.includes(path)) return false;
    return section in model || ['backward', 'train', learns?.data].includes(section);
  }
  return section in model || section in inputs || (pass === 'backward' && section === 'backward');
}

/** Settings of two set-ups that differ and have an effect in either, in table order. */
export function difference(
  before: Experiment,
  after: Experiment,
  kind: RunKind,
): readonly SettingChange[] {
  const sides = [before, after] as const;
  return fieldPaths.flatMap((path): SettingChange[] => {
    if (settingAt(before, path) === settingAt(after, path)) return [];
    const [was, is] = sides.map((one) =>
      isOfFamily(path, one.problem.family) && matters(path, kind, one)
        ? valueWords(path, settingAt(one, path))
        : IDLE,
    );
    if (was === undefined || is === undefined || was === is) {
      // Two long texts may begin alike: that they differ is still said.
      return was === undefined || was === IDLE ? [] : [change(path, was, was)];
    }
    return [change(path, was, is)];
  });
}

const change = (path: FieldPath, before: string, after: string): SettingChange => ({
  path,
  name: settingName(path),
  before,
  after,
});

/** A setting's name within a line: its symbol where the literature has one for a solver, else its label. */
export function settingName(path: FieldPath): string {
  if (path === 'solver.method') return 'solver';
  const field = findField(path);
  if (!field) return path;
  if (sectionOf(path) === 'solver' && field.symbol !== undefined) return field.symbol;
  return labelWithin(field.label);
}

/** A label within a line: "Top p" is a word, "MLP" would not be, and Jacobi was a man. */
export const labelWithin = (label: string): string =>
  /^(?!Jacobian)\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

/** The changes as one line, "solver Anderson → Broyden · β 1 → 0.7"; empty where there is none. */
export function differenceWords(changes: readonly SettingChange[]): string {
  const shown = changes
    .slice(0, MOST_CHANGES)
    .map(({ name, before, after }) =>
      before === after ? `another ${name}` : `${name} ${before} → ${after}`,
    );
  const more = changes.length - MOST_CHANGES;
  return [...shown, ...(more > 0 ? [`${String(more)} more`] : [])].join(' · ');
}

/**
 * The line that says how a run differs from the baseline, or, without one, from its preset. What settings do not
 * hold, other weights and another text of the visitor's own, is named too. Empty where nothing differs.
 */
export function runDifference(run: RunHead, baseline: RunHead | null): string {
  const before = baseline?.experiment ?? presetExperiment(run.experiment.preset);
  const words = differenceWords(difference(before, run.experiment, run));
  if (!baseline) return words;
  const others = [
    ...(run.input.hash !== undefined && run.input.hash !== baseline.input.hash && words === ''
      ? ['another text']
      : []),
    ...(run.input.weights.from === 'trained' &&
    baseline.input.weights.from === 'trained' &&
    run.input.weights.hash !== baseline.input.weights.hash
      ? ['other weights']
      : []),
  ];
  return [words, ...others].filter((part) => part !== '').join(' · ');
}
