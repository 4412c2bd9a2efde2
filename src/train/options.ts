import type { GradientMethod } from '../implicit/valueAndGradient.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import type { Schedule } from '../schema/schedule.ts';
import type { Rhythm } from './rhythm.ts';

/** How one network is trained, whatever it learns. Everything but weight normalisation may change between steps. */
export interface TrainOptions extends Schedule, Omit<Rhythm, 'samplesEvery'> {
  readonly weightDecay: number;
  /** Longest gradient; 0 clips nothing. */
  readonly clip: number;
  readonly forward: SolverOptions;
  readonly gradient: GradientMethod;
  /** Updates at the start that train a shallow unrolled network. */
  readonly pretrain: { readonly steps: number; readonly depth: number };
  /** Each step's solve limit is lowered by 0 to this many iterations. */
  readonly depthJitter: number;
  /** Start a solve from the fixed point of the step before. */
  readonly warmStart: boolean;
  readonly weightNorm: boolean;
  readonly penalty: {
    readonly weight: number;
    readonly share: number;
    /** Power steps of its probe. */
    readonly power: number;
  };
}
