import { changeSetting, type Experiment } from '../../../../src/schema/experiment.ts';
import { fields, type FieldPath } from '../../../../src/schema/fields.ts';
import type { SpectrumReport } from '../../../../src/engine/protocol/protocol.ts';

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
/** From this gain, and from this radius, random layers are beyond every solver. */
const WILD = 2;
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
  if (solver.method === 'broyden' || solver.damping <= 0.5) return [];
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

/** Broyden, for what the others do not manage, with pairs enough that it drops none too early. */
export const newton = ({ solver }: Experiment): readonly Fix[] =>
  solver.method === 'broyden'
    ? []
    : [
        {
          label: 'Broyden',
          patch: {
            'solver.method': 'broyden',
            ...(solver.rank < allPairs(solver) ? { 'solver.rank': allPairs(solver) } : {}),
          },
        },
      ];

/** Anderson, undamped, where plain iteration swings or runs away. */
export const mixed = ({ solver }: Experiment): readonly Fix[] =>
  solver.method === 'picard'
    ? [
        {
          label: `Anderson, m = ${String(ENOUGH_POINTS)}`,
          patch: {
            ...{ 'solver.method': 'anderson', 'solver.window': ENOUGH_POINTS },
            ...(solver.damping < 1 ? { 'solver.damping': 1 } : {}),
          },
        },
      ]
    : [];

/** A window of the usual size, where Anderson's is smaller. */
export const wider = ({ solver }: Experiment): readonly Fix[] =>
  solver.method === 'anderson' && solver.window < ENOUGH_POINTS
    ? [{ label: `m = ${String(ENOUGH_POINTS)}`, patch: { 'solver.window': ENOUGH_POINTS } }]
    : [];

/** Smaller random weights: trained ones are what they are. */
export function gentler({ cell }: Experiment, spectrum: SpectrumReport | null): readonly Fix[] {
  if (cell.weights !== 'random') return [];
  const radius = spectrum && spectrum.radius > 1 ? spectrum.radius : WILD;
  const aim = Math.min((cell.gain * AIM) / radius, TAME);
  // On the field's grid of 0.05, and always less than now.
  const rounded = Number(Math.max(0.05, Math.floor(aim / 0.05 + 1e-9) * 0.05).toFixed(2));
  return rounded < cell.gain
    ? [{ label: `Weight gain ${rounded.toFixed(2)}`, patch: { 'cell.gain': rounded } }]
    : [];
}

/** Whether the layer is beyond every solver, by its random weights or by what was measured. */
export const isWild = ({ cell }: Experiment, spectrum: SpectrumReport | null): boolean =>
  cell.weights === 'random' &&
  (cell.gain >= WILD || (spectrum?.settled === true && spectrum.radius > WILD));

/** The set-up with a fix applied: one object, so that one undo takes it back. */
export const withPatch = (experiment: Experiment, patch: Patch): Experiment =>
  Object.entries(patch).reduce(
    (changed, [path, value]) => changeSetting(changed, path as FieldPath, value).experiment,
    experiment,
  );
