import type { SolveStatus } from '../numerics/solver.ts';

/** The two networks of a twin run: the equilibrium model, and its layer unrolled to a fixed depth. */
export type NetworkName = 'deq' | 'twin';

/** How a step went: anything but `ok` made no update, and training stops there. */
export type TrainStatus = 'ok' | 'nonfinite' | 'diverged';

/** One training step of one network, as plain numbers. */
export interface TrainRecord {
  readonly network: NetworkName;
  /** Updates made, this one included: the first record is 1. */
  readonly step: number;
  readonly status: TrainStatus;
  /** Examples learnt from so far, in the task's unit. */
  readonly examples: number;
  /** Of the batch, before the update, in the unit of the task's loss. */
  readonly loss: number;
  /** The task's other metrics of the batch, by name. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Norm of the whole gradient, before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  /** Evaluations of f in the forward pass. */
  readonly forwardEvaluations: number;
  /** Backward passes through one f: the adjoint solve's, or the depth of an explicit network. */
  readonly backwardEvaluations: number;
  /** Both and the Jacobian penalty's, summed over all steps so far. */
  readonly evaluations: number;
  /** Relative residual of the point the loss was taken at, worst sample; absent for an explicit pass. */
  readonly residual?: number;
  readonly forwardStatus?: SolveStatus;
  /** Relative residual of the adjoint solve; absent where there is none. */
  readonly adjointResidual?: number;
  readonly backwardStatus?: SolveStatus;
  /** Wall time of this step, of its validation and spectrum not. */
  readonly milliseconds: number;
  /** Wall time of all of this network's steps so far, seconds. */
  readonly seconds: number;
  /** Peak bytes of this step; what belongs to the other network is not counted. */
  readonly peakBytes: number;
  /** Mean loss of the held-out examples after this update, when it was measured. */
  readonly validation?: number;
  /** The task's other metrics of the held-out examples, by name, measured with `validation`. */
  readonly heldOut?: Readonly<Record<string, number>>;
  /**
   * Mean evaluations of a held-out example's solve from where solves start, and from zeros; measured with
   * `validation` where they start elsewhere.
   */
  readonly start?: { readonly evaluations: number; readonly fromZeros: number };
  /** Spectral radius of ∂f/∂z at this step's fixed point, when it was estimated. */
  readonly spectralRadius?: { readonly radius: number; readonly settled: boolean };
  /** Jacobian penalty, before its weight, when this step had one. */
  readonly penalty?: number;
}
