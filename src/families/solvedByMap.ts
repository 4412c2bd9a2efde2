/** Solves, forward and adjoint, that iterate another map than f. */
import type { SolvedBy, SolvingMaps } from '../implicit/problem.ts';
import type { IterationMap, MapValues } from '../numerics/maps.ts';
import type * as tf from '../tf/index.ts';
import type { FamilyProblem } from './family.ts';

/** A map by the name that problems have it by, and what it is opened with. */
export interface ChosenMap {
  readonly name: string;
  readonly values: MapValues;
}

/** What maps are chosen of. */
type Mapped = Pick<FamilyProblem, 'maps' | 'adjointMaps'>;

/** The map of a problem by its name; f itself where the problem has none of that name. The caller disposes it. */
export const openMap = (
  { maps }: Pick<FamilyProblem, 'maps'>,
  { name, values }: ChosenMap,
): IterationMap => (maps[name] ?? maps.plain)(values);

/**
 * What an adjoint solve at `z` iterates: the adjoint of the forward solve's map, because where f itself runs away, so does
 * its own. Undefined where that is u = Jᵀu + dL/dz itself. Borrows both tensors; the caller disposes it.
 */
export const openAdjointMap = (
  problem: Mapped,
  { name, values }: ChosenMap,
  z: tf.Tensor,
  dz: tf.Tensor,
): IterationMap | undefined => problem.adjointMaps?.(z, dz)[name]?.(values);

/** The maps of both solves; they take over what they share. */
export const solvingMaps = (problem: Mapped, map: ChosenMap, shared?: Disposable): SolvingMaps => ({
  forward: () => openMap(problem, map),
  adjoint: (z, dz) => openAdjointMap(problem, map, z, dz),
  [Symbol.dispose]: () => {
    shared?.[Symbol.dispose]();
  },
});

/**
 * Solves as a step of training makes them, whose weights are new: what the maps share is made in the step and goes with
 * it. Borrows the problem.
 */
export const steppedBy = (
  problem: Mapped & Pick<FamilyProblem, 'mapsAnew'>,
  map: ChosenMap,
): SolvedBy => ({
  open: () => {
    const anew = problem.mapsAnew?.();
    return solvingMaps(anew ?? problem, map, anew);
  },
});
