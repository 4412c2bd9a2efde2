/** Where a set-up's weights come from, whatever its family calls that. */
import { familyRules } from '../families/rules.ts';
import { familyIds, familyOf } from '../families/settings.ts';
import { changeSetting, type Experiment } from './experiment.ts';
import { settingAt, withSetting, type FieldPath, type Settings } from './fields.ts';
import { isRelevant } from './relevance.ts';

/** `random`: from the seed. `pretrained`: the model that was trained for this page. `trained`: the visitor's own. */
export type WeightsFrom = 'random' | 'pretrained' | 'trained';

/** The setting that says it; undefined where a family has no weights to train. */
export const weightsPath = ({ problem }: Settings): FieldPath | undefined =>
  familyOf(problem.family).weights?.path as FieldPath | undefined;

/** That setting of every family. */
export const weightsPaths = familyIds.flatMap(
  (id) => familyOf(id).weights?.path ?? [],
) as readonly FieldPath[];

/** Settings of models that say nothing to a run. */
export const solveOnlyPaths = familyIds.flatMap(
  (id) => familyOf(id).solveOnly ?? [],
) as readonly FieldPath[];

/** Where the weights come from. */
export function weightsOf(settings: Settings): WeightsFrom {
  const path = weightsPath(settings);
  return path === undefined ? 'random' : (settingAt(settings, path) as WeightsFrom);
}

/** The file of a set-up's pretrained weights, from the page's own folder; undefined where there is none. */
export function pretrainedFile(settings: Settings): string | undefined {
  const { weights, layer } = familyOf(settings.problem.family);
  const file = weights?.pretrained;
  if (file === undefined || typeof file === 'string') return file;
  if (layer === undefined) return undefined;
  return file[String(settingAt(settings, layer as FieldPath))];
}

/** The same settings with other weights, and nothing repaired. */
export function withWeights<S extends Settings>(settings: S, from: WeightsFrom): S {
  const path = weightsPath(settings);
  return path === undefined ? settings : withSetting(settings, path, from);
}

/** The same set-up with random weights, and what depends on that repaired. */
export function withRandomWeights(experiment: Experiment): Experiment {
  const path = weightsPath(experiment);
  return path === undefined ? experiment : changeSetting(experiment, path, 'random').experiment;
}

/** The settings that make the shape of the layer's weights: another shape needs others. */
export const shapeOf = (settings: Settings): readonly unknown[] =>
  familyRules[settings.problem.family].shape.map((path) => settingAt(settings, path));

/** Whether weights that were trained in `trained` have the shape of these; what its kind has no use for is free. */
export const sameShape = (settings: Settings, trained: Settings): boolean =>
  settings.problem.family === trained.problem.family &&
  familyRules[trained.problem.family].shape.every(
    (path) => settingAt(settings, path) === settingAt(trained, path) || !isRelevant(path, trained),
  );

/** The same settings for weights that were trained in `trained`: its family, and the shape of its layer. */
export const withShapeOf = <S extends Settings>(settings: S, trained: Settings): S =>
  (['problem.family', ...familyRules[trained.problem.family].shape] as const).reduce(
    (shaped: S, path: FieldPath) => withSetting(shaped, path, settingAt(trained, path)),
    settings,
  );

/** The setting that scales random weights, and its value; undefined where the weights are not random or have no scale. */
export function randomGain(
  settings: Settings,
): { readonly path: FieldPath; readonly gain: number } | undefined {
  const path = familyOf(settings.problem.family).weights?.gain as FieldPath | undefined;
  if (path === undefined || weightsOf(settings) !== 'random') return undefined;
  return { path, gain: Number(settingAt(settings, path)) };
}
