import { familyOf } from '../../../../src/families/settings.ts';
import { randomGain } from '../../../../src/schema/weights.ts';
import type { KindSettings } from '../../../../src/numerics/kind.ts';
import { kindSettings } from '../../../../src/numerics/settings.ts';
import { settingsOf } from '../../../../src/numerics/settingsOf.ts';
import { changeSetting, type Experiment } from '../../../../src/schema/experiment.ts';
import { fields, findField, type FieldPath } from '../../../../src/schema/fields.ts';
import { iterationName, lostStep, sureMap, sureWords } from '../../../../src/schema/maps.ts';
import { hasOption } from '../../../../src/schema/kindPaths.ts';
import type { SpectrumReport } from '../../../../src/engine/protocol/protocol.ts';

const kinds: readonly KindSettings[] = kindSettings;

/** Settings and their new values. */
export type Patch = Readonly<Partial<Record<FieldPath, unknown>>>;

/** Something to try, as a patch of the settings. */
export interface Fix {
  readonly label: string;
  readonly patch: Patch;
}

/** The radius that smaller weights aim at. */
const AIM = 0.9;
/** At this gain random layers contract: a radius measured off a fixed point promises no more. */
const TAME = 0.75;
/** The radius that is taken for one which is not known. */
const ASSUMED = 2;
/** Pairs that nearly all solves get by with. */
export const ENOUGH_PAIRS = 30;
/** Points that Anderson mixes where the window is too small. */
const ENOUGH_POINTS = fields.solver.window.default;

/** A rank limit at which no pair is dropped. */
export const allPairs = ({ maxIterations }: Pick<Experiment['solver'], 'maxIterations'>): number =>
  Math.min(fields.solver.rank.max, Math.max(ENOUGH_PAIRS, maxIterations));

/** Iterations that half steps may need where whole ones went to and fro. */
const HALF_STEPS_LIMIT = 120;

/** Half steps, where the method has them and takes longer ones, and room for as many as they need. */
export function damped({ solver }: Experiment): readonly Fix[] {
  if (!hasOption(solver.method, 'damping') || solver.damping <= 0.5) return [];
  const more = solver.maxIterations < HALF_STEPS_LIMIT;
  return [
    {
      label: more ? `β = 0.5, limit ${String(HALF_STEPS_LIMIT)}` : 'β = 0.5',
      patch: {
        'solver.damping': 0.5,
        ...(more ? { 'solver.maxIterations': HALF_STEPS_LIMIT } : {}),
      },
    },
  ];
}

/** The kind that is offered for that; the table has one of each. */
export function offered(remedy: KindSettings['remedy']): KindSettings {
  const kind = kinds.find((one) => one.remedy === remedy);
  if (!kind) throw new Error(`No solver kind is offered as ${String(remedy)}.`);
  return kind;
}

/** Broyden, for what the others do not manage, with pairs enough that it drops none too early. */
export function newton({ solver }: Experiment): readonly Fix[] {
  const { id, title, options } = offered('last-resort');
  if (solver.method === id) return [];
  const more = 'rank' in options && solver.rank < allPairs(solver);
  return [
    {
      label: title,
      patch: { 'solver.method': id, ...(more ? { 'solver.rank': allPairs(solver) } : {}) },
    },
  ];
}

/** Anderson, undamped, where plain iteration swings or runs away. */
export function mixed({ solver }: Experiment): readonly Fix[] {
  const { id, title } = offered('mixing');
  return settingsOf(solver.method).plain
    ? [
        {
          label: `${title}, m = ${String(ENOUGH_POINTS)}`,
          patch: {
            ...{ 'solver.method': id, 'solver.window': ENOUGH_POINTS },
            ...(solver.damping < 1 ? { 'solver.damping': 1 } : {}),
          },
        },
      ]
    : [];
}

/** The map that converges on all problems of the family, where it has one, iterated as it is. */
export function surely(experiment: Experiment): readonly Fix[] {
  const map = sureMap(experiment);
  if (map === undefined || experiment.solver.map === map) return [];
  const changed = withPatch(experiment, { 'solver.map': map });
  const [step] = forwards(changed);
  const label = iterationName(changed);
  return [
    {
      label: step ? `${label}, ${step.label}` : label,
      patch: { 'solver.map': map, ...step?.patch },
    },
  ];
}

/** Why the map that `surely` offers is sure, as a sentence with a space before it; empty where it offers none. */
export const surelyWords = (experiment: Experiment): string =>
  surely(experiment).length > 0 ? ` ${sureWords(experiment)}` : '';

/** The usual step, where that of the map leads nowhere. */
export function forwards(experiment: Experiment): readonly Fix[] {
  const path = lostStep(experiment);
  const field = path && findField(path);
  if (!field) return [];
  const { default: usual } = field;
  return [{ label: `${field.symbol ?? field.label} = ${String(usual)}`, patch: { [path]: usual } }];
}

/** A window of the usual size, where Anderson's is smaller. */
export const wider = ({ solver }: Experiment): readonly Fix[] =>
  hasOption(solver.method, 'window') && solver.window < ENOUGH_POINTS
    ? [{ label: `m = ${String(ENOUGH_POINTS)}`, patch: { 'solver.window': ENOUGH_POINTS } }]
    : [];

/** Smaller random weights: trained ones are what they are. */
export function gentler(experiment: Experiment, spectrum: SpectrumReport | null): readonly Fix[] {
  const random = randomGain(experiment);
  if (!random) return [];
  const { path, gain } = random;
  const radius = spectrum && spectrum.radius > 1 ? spectrum.radius : ASSUMED;
  const aim = Math.min((gain * AIM) / radius, TAME);
  // On the field's grid of 0.05, and always less than now.
  const rounded = Number(Math.max(0.05, Math.floor(aim / 0.05 + 1e-9) * 0.05).toFixed(2));
  return rounded < gain
    ? [{ label: `Weight gain ${rounded.toFixed(2)}`, patch: { [path]: rounded } }]
    : [];
}

/** Whether the layer is beyond every solver, by its random weights or by what was measured. */
export function isWild(experiment: Experiment, spectrum: SpectrumReport | null): boolean {
  const random = randomGain(experiment);
  const wild = familyOf(experiment.problem.family).weights?.wild;
  if (!random || wild === undefined) return false;
  return random.gain >= wild || (spectrum?.settled === true && spectrum.radius > wild);
}

/** The set-up with a fix applied: one object, so that one undo takes it back. */
export const withPatch = (experiment: Experiment, patch: Patch): Experiment =>
  Object.entries(patch).reduce(
    (changed, [path, value]) => changeSetting(changed, path as FieldPath, value).experiment,
    experiment,
  );
