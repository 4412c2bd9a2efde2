/** Random valid experiments for property tests. */
import fc from 'fast-check';
import { changeSetting, presetExperiment, type Experiment } from '../src/schema/experiment.ts';
import type { Field } from '../src/schema/field.ts';
import { fieldPaths, findField } from '../src/schema/fields.ts';
import { isOfFamily } from '../src/schema/owners.ts';
import { presets, type PresetName } from '../src/schema/presets.ts';
import { readField } from '../src/schema/readField.ts';

/** Any Unicode text: letters, controls, emoji, non-characters, and what URLs give a meaning to. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('+', '%', '&', '=', '#', '?', ' ', '\n', '\r', '\uFEFF', '🙂', '%2', 'é'),
  ),
  minLength: 1,
  maxLength: 60,
});

function anyValue(field: Field): fc.Arbitrary<number | string | boolean> {
  switch (field.control) {
    case 'number':
      return field.scale === 'log'
        ? fc.double({ min: field.min, max: field.max, noNaN: true })
        : fc
            .double({ min: field.min, max: field.max, noNaN: true })
            .map((n) => readField(field, n).value);
    case 'choice':
      return fc.constantFrom(...field.options.map(({ value }) => value));
    case 'flag':
      return fc.boolean();
    case 'text':
      return anyText.map((text) => readField(field, text).value);
  }
}

const change = fc.constantFrom(...fieldPaths).chain((path) => {
  const field = findField(path);
  return field ? anyValue(field).map((value) => ({ path, value })) : fc.constant(undefined);
});

/** A preset with none to many of its settings changed; it keeps the rules between fields. */
export const arbitraryExperiment: fc.Arbitrary<Experiment> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(presets) as PresetName[])),
    fc.array(change, { maxLength: 40, size: 'max' }),
  )
  .map(([preset, changes]) => {
    let experiment = presetExperiment(preset);
    // What can be set is the family's, so that comes first.
    const [family] = changes.filter((one) => one?.path === 'problem.family');
    for (const one of [family, ...changes.filter((one) => one?.path !== 'problem.family')]) {
      if (one && isOfFamily(one.path, experiment.problem.family))
        experiment = changeSetting(experiment, one.path, one.value).experiment;
    }
    return experiment;
  });
