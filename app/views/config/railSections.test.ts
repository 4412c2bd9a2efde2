import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { fieldPaths } from '../../../src/schema/fields.ts';
import { isRelevantIn, railSections } from './railSections.ts';

describe('the rails', () => {
  const cards = fieldPaths.filter((path) => /^(data|sample|plane)\./.test(path));

  it('hold every setting of the table in one view at least, but for those on cards', () => {
    const held = new Set(
      [...railSections.solve, ...railSections.train].flatMap(({ paths }) => paths),
    );
    expect(fieldPaths.filter((path) => !held.has(path))).toEqual(cards);
  });

  it('offer the weight gain in training whatever the Solve view’s weights are', () => {
    const experiment = {
      ...defaultExperiment,
      cell: { ...defaultExperiment.cell, weights: 'pretrained' as const },
    };
    expect(isRelevantIn('train', 'cell.gain', experiment)).toBe(true);
    expect(isRelevantIn('solve', 'cell.gain', experiment)).toBe(false);
  });
});
