import type { MemoryParts } from '../memory/memoryLaw.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import { valueAndGradient, type GradientMethod, type Stage } from '../implicit/valueAndGradient.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import { submitAtOnce, type MemoryMeter } from '../tf/memory.ts';
import { adamwInit, adamwUpdate } from './adamw.ts';
import { copyOf } from './meterProblem.ts';
import { packGradient } from './packing.ts';

/** The peak of one training step, and what it was for. */
export interface MeasuredStep {
  /** Peak live bytes, from resident weights to updated weights. */
  readonly peak: number;
  readonly parts: MemoryParts;
  readonly pool: number;
  /** False where bytes are logical. */
  readonly exact: boolean;
}

/**
 * Make one training step (gradient and AdamW update) and meter it. It takes over the problem's parameters, as a trainer
 * does: the step leaves new ones in their place, which go with it.
 */
export async function measureStep(
  problem: EquilibriumProblem,
  how: { readonly forward: SolverOptions; readonly gradient: GradientMethod },
  meter: MemoryMeter,
): Promise<MeasuredStep> {
  const restore = submitAtOnce();
  const implicit = how.gradient.kind !== 'unrolled';
  // What is resident is on the device once something is made of it, and counted.
  let { params } = problem;
  tf.dispose(copyOf(params));
  let state = adamwInit(params);
  const weights = 12 * state.first.size;
  const empty = meter.sample().live - weights;
  try {
    const kept: Record<Stage, number> = { forward: 0, tape: 0, backward: 0 };
    let forwardPeak = 0;
    const watch = (stage: Stage): void => {
      const { live, peak } = meter.sample();
      kept[stage] = Math.max(kept[stage], live - empty - weights);
      if (stage !== 'tape' || !implicit) return;
      forwardPeak = peak - empty;
      meter.resetPeak();
    };
    meter.resetPeak();
    const result = await valueAndGradient(problem, how, watch);
    tf.dispose([result.forward?.z ?? [], result.backward?.z ?? []]);
    const gradient = packGradient(params, result.gradients);
    ({ params, state } = adamwUpdate(gradient, state, params, { learningRate: 1e-3 }));
    const { peak: last, pool, exact } = meter.sample();
    const peak = Math.max(forwardPeak, last - empty);
    const inForward = peak === forwardPeak;
    return { peak, parts: partsOf(peak, weights, implicit, inForward, kept), pool, exact };
  } finally {
    tf.dispose([params, state.first, state.second]);
    restore();
  }
}

/** The bytes at the peak by kind; only what was alive at that moment counts. */
function partsOf(
  peak: number,
  weights: number,
  implicit: boolean,
  inForward: boolean,
  { forward, tape, backward }: Record<Stage, number>,
): MemoryParts {
  const none = { weights, activations: 0, forwardHistory: 0, backwardHistory: 0 };
  const parts = !implicit
    ? { ...none, activations: tape }
    : inForward
      ? { ...none, forwardHistory: forward }
      : { ...none, activations: tape, backwardHistory: Math.max(0, backward - tape) };
  const known = Object.values(parts).reduce((a, b) => a + b, 0);
  return { ...parts, transient: Math.max(0, peak - known) };
}
