import { solveMap } from '../numerics/iterateMap.ts';
import type { LowRank } from '../numerics/lowRank.ts';
import { leavesInverse } from '../numerics/settingsOf.ts';
import * as tf from '../tf/index.ts';
import type { Solved } from './solving.ts';

/**
 * What a forward solve has learnt of the inverse Jacobian of f(z) − z up to an iteration, by making that part of it again:
 * a solve in progress goes on afterwards. Undefined where it learns none, that of another map than f, or none yet. The
 * caller owns it.
 */
export async function learntInverse(
  { map, z0, options }: Pick<Solved, 'map' | 'z0' | 'options'>,
  iteration: number,
  signal: AbortSignal,
): Promise<LowRank | undefined> {
  if (!leavesInverse({ method: options.method, map: map.name })) return undefined;
  const { z, projected, inverse } = await solveMap(
    map,
    { ...options, maxIterations: iteration },
    { z0, signal, keepInverse: true },
  );
  tf.dispose([z, projected]);
  return inverse;
}
