/** Where a set-up's weights come from, whatever its family calls that. */
import { familyRules } from '../families/rules.ts';
import { familyOf } from '../families/settings.ts';
import { settingAt, withSetting, type FieldPath, type Settings } from './fields.ts';
import { isRelevant } from './relevance.ts';

/** `random`: from the seed. `pretrained`: the model that was trained for this page. `trained`: the visitor's own. */
export type WeightsFrom = 'random' | 'pretrained' | 'trained';

/** The setting that says it; undefined where a family has no weights to train. */
export const weightsPath = ({ problem }: Settings): FieldPath | undefined =>
  familyOf(problem.family).weights?.path as FieldPath | undefined;

/** Where the weights come from. */
export function weightsOf(settings: Settings): WeightsFrom {
  const path = weightsPath(settings);
  return path === undefined ? 'random' : (settingAt(settings, path) as WeightsFrom);
}

/** The same settings with other weights, and nothing repaired. */
export function withWeights<S extends Settings>(settings: S, from: WeightsFrom): S {
  const path = weightsPath(settings);
  return path === undefined ? settings : withSetting(settings, path, from);
}

/** Whether weights that were trained in `trained` have the shape of these; what its kind has no use for is free. */
export const sameShape = (settings: Settings, trained: Settings): boolean =>
  settings.problem.family === trained.problem.family &&
  familyRules[trained.problem.family].shape.every(
    (path) => settingAt(settings, path) === settingAt(trained, path) || !isRelevant(path, trained),
  );
