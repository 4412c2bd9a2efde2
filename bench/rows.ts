/** What a measurement is: shared by the page that measures and the script that reports. */

/** What is measured. */
export type WorkName =
  | 'f'
  | 'f+vjp'
  | 'f-in-row'
  | 'vjp-in-row'
  | 'broyden'
  | 'anderson'
  | 'adjoint'
  | 'solve-30'
  | 'train-step'
  | 'train-plain'
  | 'train-seeded'
  | 'train-shine'
  | 'generate-64'
  | 'generate-whole';

/** By what it is computed: our fused kernels, tfjs's own operations on two backends, or jax-js. */
export type VariantName = 'fused' | 'stock' | 'jax-js' | 'wasm';

export type SizeName = 'small' | 'medium' | 'odd';

/** One work, of one size, computed by one variant. Counts are per unit of work. */
export interface Row {
  readonly work: WorkName;
  readonly size: SizeName;
  readonly variant: VariantName;
  readonly medianMs: number;
  /** First and third quartile; missing in results of before they were kept. */
  readonly spread?: readonly [number, number];
  /** Of an iteration by fused kernels: over one f, or VJP, in a row; the median of the rounds' ratios. */
  readonly beside?: number;
  readonly dispatches: number;
  /** Reads that the work itself waits for; the one that ends a measurement is not counted. */
  readonly readbacks: number;
  /** Compiled the first time; what an earlier row compiled already is not compiled again. */
  readonly pipelines: number;
  /** Compiled in all the timed repetitions together. */
  readonly pipelinesAfterWarmUp: number;
  /** Above what was live before the work; null for jax-js, whose buffers the meter does not see. */
  readonly peakBytes: number | null;
  /** Samples the median is of. */
  readonly samples: number;
}

/** How the cost grows when one size doubles. */
export interface Scaling {
  readonly doubled: 'length' | 'width' | 'batch' | 'history';
  readonly work: 'f' | 'solve';
  readonly from: number;
  readonly to: number;
  readonly ms: number;
  readonly doubledMs: number;
  readonly ratio: number;
}

/** Arithmetic rate of one kernel, or of f. */
export interface Rate {
  readonly name: string;
  readonly gflops: number;
}

/** Rates of f by size, of matrix products alone, and the best of those, all measured in turn. */
export interface Matmul {
  readonly f: Readonly<Partial<Record<SizeName, number>>>;
  readonly kernels: readonly Rate[];
  readonly best: Rate;
}

/** What the page knows of where it ran. */
export interface Host {
  readonly date: string;
  readonly browser: string;
  readonly adapter: string;
  readonly software: boolean;
  readonly quick: boolean;
  readonly seconds: number;
}

/** Everything a run measured: `bench/results/latest.json`. */
export interface Report {
  readonly host: Host;
  readonly rows: readonly Row[];
  readonly scaling: readonly Scaling[];
  readonly matmul: Matmul;
  /** Largest relative difference of jax-js's numbers from ours, over all that was compared. */
  readonly jaxDifference: number;
}
