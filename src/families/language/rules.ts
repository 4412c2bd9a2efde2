import type { Conditions, Constraint, FamilyRules } from '../../schema/family.ts';
import { composeSettings, fields, type FieldPath, type Settings } from '../../schema/fields.ts';
import type { Preset } from '../../schema/preset.ts';
import { solvePresets } from './presets.ts';

const conditions: Conditions = {
  'cell.heads': ({ cell }) => cell.kind === 'transformer',
  'cell.inner': ({ cell }) => cell.kind !== 'tanh',
  'cell.layerNorm': ({ cell }) => cell.kind === 'transformer',
  'cell.kernel': ({ cell }) => cell.kind === 'trellis',
  'cell.gain': ({ cell }) => cell.weights === 'random',
  'data.merges': ({ data }) => data.tokenizer === 'bpe',
  'train.memory': ({ cell }) => cell.kind !== 'tanh',
  'train.dropout': ({ cell }) => cell.kind !== 'tanh',
  'train.weightNorm': ({ cell }) => cell.kind !== 'tanh',
};

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
const pretrained: Preset = solvePresets.pretrained;
const pretrainedCell: Settings['cell'] = composeSettings((path) => pretrained.settings[path]).cell;

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

const shape = [
  'cell.kind',
  'cell.width',
  'cell.heads',
  'cell.inner',
  'cell.layerNorm',
  'cell.kernel',
] as const satisfies readonly FieldPath[];

export const languageRules: FamilyRules = {
  conditions,
  constraints: [headsDivideWidth, pretrainedFitsOneShape],
  shape,
  dimensions: ({ cell }) => (cell.kind === 'tanh' ? cell.width : undefined),
  summary: ({ cell, input }) => {
    const layer = fields.cell.kind.options.find(({ value }) => value === cell.kind)?.label;
    const characters = Array.from(input.text).length;
    return [
      `${layer ?? cell.kind} cell, width ${String(cell.width)}`,
      `${String(characters)} character${characters === 1 ? '' : 's'}`,
    ];
  },
  pretrained: pretrainedCell,
};
