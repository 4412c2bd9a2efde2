import { composeSettings, fields, type Settings } from './fields.ts';
import { presets } from './presets.ts';

/** Settings that fit together, and what was changed to make them. */
export interface Repair<S extends Settings> {
  readonly settings: S;
  readonly adjustments: readonly string[];
}

/** A rule between fields: the repaired settings and a sentence on them, or undefined if it holds. */
type Constraint = <S extends Settings>(settings: S) => readonly [S, string] | undefined;

/**
 * Attention splits the features evenly among its heads. Kept for every cell, so that switching
 * to the transformer can't break a set-up.
 */
const headsDivideWidth: Constraint = (settings) => {
  const { width, heads } = settings.cell;
  const divides = (candidate: string): boolean => width % Number(candidate) === 0;
  if (divides(heads)) return undefined;
  const fitting = fields.cell.heads.options
    .map(({ value }) => value)
    .filter((value) => divides(value) && Number(value) < Number(heads));
  const repaired = fitting.at(-1) ?? '1';
  const sentence = `Width ${String(width)} can't be shared evenly by ${heads} heads; heads set to ${repaired}.`;
  return [{ ...settings, cell: { ...settings.cell, heads: repaired } }, sentence];
};

/** What the weights that were trained for this page are for; the table's defaults where silent. */
export const pretrainedCell: Settings['cell'] = composeSettings(
  (path) => presets.pretrained.settings[path],
).cell;

/** Weights fit one shape only, so another shape starts from random ones. */
const pretrainedFitsOneShape: Constraint = (settings) => {
  const { cell } = settings;
  if (cell.weights !== 'pretrained') return undefined;
  const shape = ['kind', 'width', 'heads', 'inner', 'layerNorm'] as const;
  if (shape.every((key) => cell[key] === pretrainedCell[key])) return undefined;
  const sentence =
    'The pretrained weights fit another shape of the layer; the weights are random now.';
  return [{ ...settings, cell: { ...cell, weights: 'random' } }, sentence];
};

const constraints: readonly Constraint[] = [headsDivideWidth, pretrainedFitsOneShape];

/** Repairs whatever breaks a rule between fields; settings that break none come back as they are. */
export function applyConstraints<S extends Settings>(settings: S): Repair<S> {
  let repaired = settings;
  const adjustments: string[] = [];
  for (const constraint of constraints) {
    const outcome = constraint(repaired);
    if (!outcome) continue;
    repaired = outcome[0];
    adjustments.push(outcome[1]);
  }
  return { settings: repaired, adjustments };
}
