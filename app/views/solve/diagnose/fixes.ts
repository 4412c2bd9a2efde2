import { changeSetting, type Experiment } from '../../../../src/config/experiment.ts';
import type { FieldPath } from '../../../../src/config/fields.ts';
import type { SpectrumReport } from '../../../../src/engine/protocol.ts';

/** Settings and their new values. */
export type Patch = Readonly<Partial<Record<FieldPath, unknown>>>;

/** Something to try, as a patch of the settings. */
export interface Fix {
  readonly label: string;
  readonly patch: Patch;
}

/** The radius that smaller weights aim at. */
const AIM = 0.9;

/** Half steps, where the method has them and takes longer ones. */
export const damped = ({ solver }: Experiment): readonly Fix[] =>
  solver.method !== 'broyden' && solver.damping > 0.5
    ? [{ label: 'β = 0.5', patch: { 'solver.damping': 0.5 } }]
    : [];

/** Broyden, for what the others do not manage. */
export const newton = ({ solver }: Experiment): readonly Fix[] =>
  solver.method === 'broyden' ? [] : [{ label: 'Broyden', patch: { 'solver.method': 'broyden' } }];

/** Smaller random weights: trained ones are what they are. */
export function gentler({ cell }: Experiment, spectrum: SpectrumReport | null): readonly Fix[] {
  if (cell.weights !== 'random') return [];
  const radius = spectrum && spectrum.radius > 1 ? spectrum.radius : 2;
  // On the field's grid of 0.05, and always less than now.
  const gain = Math.max(0.05, Math.floor((cell.gain * AIM) / radius / 0.05) * 0.05);
  const rounded = Number(gain.toFixed(2));
  return rounded < cell.gain
    ? [{ label: `Weight gain ${rounded.toFixed(2)}`, patch: { 'cell.gain': rounded } }]
    : [];
}

/** The set-up with a fix applied: one object, so that one undo takes it back. */
export const withPatch = (experiment: Experiment, patch: Patch): Experiment =>
  Object.entries(patch).reduce(
    (changed, [path, value]) => changeSetting(changed, path as FieldPath, value).experiment,
    experiment,
  );
