/** What a library calls the residual of a solve, and which point it returns. */
export interface Convention {
  /**
   * `sample`: each sample stops on its own norm. `worst`: each has its own norm, and all go on until the
   * worst is small. `batch`: one norm over all samples together.
   */
  readonly scope: 'sample' | 'worst' | 'batch';
  /** Added to the denominator of the relative residual. */
  readonly floor: number;
  /** Whether the step z⁺ − z is measured, damping included, against ‖z⁺‖ in place of f(z) − z against ‖f(z)‖. */
  readonly damped: boolean;
  /** The point with the lowest residual or the last one, or f of it. */
  readonly returns: 'lowest' | 'lowest-image' | 'last' | 'last-image';
}

/** Added to ‖f(z)‖ where a residual is divided by it. */
export const relativeFloor = 1e-9;

const own = {
  ...{ scope: 'sample', floor: relativeFloor, damped: false, returns: 'lowest' },
} as const satisfies Convention;

/**
 * What a library does with a method of ours, as its code reads: locuslab/deq (`broyden`, `anderson`),
 * locuslab/torchdeq, locuslab/monotone_op_net (forward–backward splitting), the implicit models for
 * sequences (`forward_iter`) and the Anderson solver of the deep implicit layers tutorial. Their
 * documentation does not say; the same problem converges after another number of iterations in each. Where
 * one of them treats a method in its own way, that method's settings say so.
 */
export const conventions = {
  own: { label: 'ours', ...own },
  deq: { label: 'as deq', ...own, scope: 'batch' },
  torchdeq: { label: 'as torchdeq', ...own, scope: 'worst', returns: 'lowest-image' },
  mondeq: { label: 'as monDEQ', ...own, scope: 'batch', floor: 1e-6, returns: 'last-image' },
  'implicit-sequences': {
    ...{ label: 'as implicit sequences', ...own, scope: 'batch', returns: 'last-image' },
  },
  tutorial: { label: 'as the tutorial', ...own, scope: 'batch', floor: 1e-5, returns: 'last' },
} as const satisfies Readonly<Record<string, Convention & { readonly label: string }>>;

/** Libraries whose way of measuring and answering can be taken over. */
export type ConventionName = keyof typeof conventions;

/** A residual that changed by less than `change` over `window` records, within `range` tolerances. */
export const stall = { window: 30, change: 1.3, range: 3 } as const;
