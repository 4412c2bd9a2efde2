import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { fields, type FieldPath } from '../../../src/schema/fields.ts';
import type { AppState } from '../state.ts';
import type { TrainAccess } from './types.ts';
import type { Runs } from './runs.ts';

/**
 * What helps against a loss that blows up or solves that stop short: a smaller rate, a shorter
 * gradient, a layer that is easier to solve, more iterations.
 */
export type Remedy = 'rate' | 'clip' | 'jacobian' | 'limit';

/** What a remedy changed, from what and to what. */
export interface Treatment {
  readonly before: Partial<Experiment['train']>;
  readonly after: Partial<Experiment['train']>;
}

const CLIP = 0.5;
const PENALTY = fields.train.jacobianWeight.default;
const STRONGER = 4;
const SHARE = 0.5;

/** Training settings with the remedies applied, each no gentler than it already was. */
export function gentlerTraining(
  { train }: Pick<Experiment, 'train'>,
  remedies: readonly Remedy[],
): Partial<Experiment['train']> {
  const { learningRate, clip, jacobianWeight, jacobianShare } = train;
  const { min } = fields.train.learningRate;
  const weight = Math.max(STRONGER * jacobianWeight, PENALTY);
  const doubled = (iterations: number): number =>
    Math.min(fields.train.maxIterations.max, 2 * iterations);
  return {
    ...(remedies.includes('rate') ? { learningRate: Math.max(min, learningRate / 2) } : {}),
    // 0 clips nothing.
    ...(remedies.includes('clip') ? { clip: clip > 0 ? Math.min(clip, CLIP) : CLIP } : {}),
    ...(remedies.includes('jacobian')
      ? {
          jacobianWeight: Math.min(fields.train.jacobianWeight.max, weight),
          jacobianShare: Math.max(jacobianShare, SHARE),
        }
      : {}),
    ...(remedies.includes('limit')
      ? {
          maxIterations: doubled(train.maxIterations),
          adjointIterations: doubled(train.adjointIterations),
        }
      : {}),
  };
}

/** Whether a remedy was applied and nothing it set was changed since. */
export function isTreated(
  { treatments, experiment }: Pick<AppState, 'treatments' | 'experiment'>,
  remedy: Remedy,
): boolean {
  const after = treatments[remedy]?.after;
  return (
    after !== undefined &&
    pathsOf(after).every((path) => settingAt(experiment, path) === valueIn(after, path))
  );
}

/** Applies a remedy, or takes it back: in the set-up, and live in the run if that has steps left. */
export function createTreat(
  { get, set }: Pick<TrainAccess, 'get' | 'set'>,
  { changed }: Pick<Runs, 'changed'>,
): (remedy: Remedy) => void {
  return (remedy) => {
    const { experiment, treatments, open, runPhase } = get();
    const { train } = experiment;
    const given = isTreated(get(), remedy) ? treatments[remedy] : undefined;
    const patch = given?.before ?? gentlerTraining(experiment, [remedy]);
    const before = Object.fromEntries(
      Object.keys(patch).map((key) => [key, train[key as keyof typeof train]]),
    ) as Treatment['before'];
    const others = Object.fromEntries(
      Object.entries(treatments).filter(([name]) => name !== remedy),
    ) as typeof treatments;
    set({ treatments: given ? others : { ...others, [remedy]: { before, after: patch } } });
    // One change of the set-up, so that one undo takes it back too.
    open({ ...experiment, train: { ...train, ...patch } });
    // A run that is over was not trained so: for it, it is a setting to train again with.
    if (runPhase !== 'finished') pathsOf(patch).forEach(changed);
  };
}

const pathsOf = (patch: Partial<Experiment['train']>): readonly FieldPath[] =>
  Object.keys(patch).map((key) => `train.${key}` as FieldPath);

const valueIn = (patch: Partial<Experiment['train']>, path: FieldPath): unknown =>
  patch[path.slice('train.'.length) as keyof typeof patch];
