/** What a golden file holds whatever its family: reference values computed in float64 by the peers' own code. */

/** A tensor, row by row. */
export interface GoldenTensor {
  readonly shape: number[];
  readonly data: number[];
}

/** Residuals of one peer's solver, `[entry][sample]`. */
export interface GoldenTrace {
  readonly abs: number[][];
  readonly rel: number[][];
}

/** The peers' solvers that every file has a trace of. */
export type TorchSolver =
  'broyden' | 'anderson_m6' | 'anderson_m3_beta07' | 'fixed_point' | 'fixed_point_damped06';

/** The gradients that every file has. */
export type GradientName =
  'exact_implicit' | 'one_step_jfb' | 'neumann_5' | 'phantom_k5_tau05' | 'unrolled_12';

/** Figures of ∂f/∂z at the fixed point, over the whole batch. */
export interface GoldenJacobian {
  readonly frobenius_sq_over_numel: number;
  readonly spectral_radius: number;
  readonly spectral_norm: number;
}

/** Parts of a gradient by the file's names; a few entries are numbers that say how well it was solved. */
type GoldenGradient = Readonly<Record<string, GoldenTensor | number>>;

/** What every file has. What its problem is made of is known to its family's reader. */
export interface GoldenFile {
  readonly z_probe: GoldenTensor;
  readonly f_of_z_probe: GoldenTensor;
  readonly fixed_point: GoldenTensor;
  readonly solvers: Readonly<Record<TorchSolver, GoldenTrace>>;
  readonly gradients: Readonly<Record<GradientName, GoldenGradient>> & {
    readonly jacobian: GoldenJacobian;
    /** The part of a language model's gradient that does not go through the fixed point. */
    readonly direct_loss_term?: GoldenGradient;
  };
}
