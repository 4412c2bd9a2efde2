/**
 * What one evaluation of a problem and its pullback take on a device, in bytes, as metered there
 * (`src/train/meterProblem.ts`). Plain data: it crosses the worker's edge, and the page predicts from it.
 */
export interface ProblemSizes {
  /** P: the trainable numbers. */
  readonly parameters: number;
  /** S: one z. */
  readonly state: number;
  /** Rows that a solver tells apart: a count, no bytes. */
  readonly samples: number;
  /** What x contributes to f, kept during a solve. */
  readonly injected: number;
  /** A₀: what an explicit network keeps below its first layer, z₀ included. */
  readonly below: number;
  /** A: what the tape of one evaluation keeps, its value included: one more layer of an explicit network. */
  readonly layer: number;
  /** What the tape of a layer's pullback to z keeps, by which products with its Jacobian are made; absent where differences make them. */
  readonly twice?: number;
  /** The same tape behind an adjoint, where it alone may hold what x contributes. */
  readonly tape: number;
  /** What the loss leaves: dL/dz, and its gradient to the parameters. */
  readonly head: number;
  /** What a pullback leaves beside dz: cotangents of the parameters and of what x contributes. */
  readonly cotangents: number;
  /** The most that is alive beside what was there before: while f is evaluated, its value included; */
  readonly evaluation: number;
  /** while its tape is recorded; */
  readonly taping: number;
  /** while Jᵀu + dL/dz is computed; */
  readonly product: number;
  /** while a layer is pulled back to all that it depends on; */
  readonly pullback: number;
  /** while a DEQ's gradient is made of u; */
  readonly gradient: number;
  /** while the loss is taken and pulled back; */
  readonly headWork: number;
  /** while the optimizer makes its update, the gradient included; */
  readonly update: number;
  /** while a DEQ's gradient is made together with that of the Jacobian penalty, where there is one. */
  readonly penalised?: number;
  /** What a step of training holds beside weights and moments: masks, what is carried over, a warm start. */
  readonly beside?: number;
  /** The maps that are solved in place of f and of the adjoint, where others are. */
  readonly forwardMap?: MapSizes;
  readonly adjointMap?: MapSizes;
  /** What both maps share, a factorisation say, kept until the gradient is made. */
  readonly shared?: number;
  /** What a training solves between two steps: the largest batch that is held out; */
  readonly heldOut?: ForwardSizes;
  /** and what a picture is drawn of. */
  readonly view?: ForwardSizes;
}

/** What a problem takes that is solved and not learnt from. */
export type ForwardSizes = Pick<
  ProblemSizes,
  'state' | 'samples' | 'injected' | 'evaluation' | 'layer' | 'twice' | 'forwardMap'
>;

/** What a map holds and needs that solvers iterate in place of f or of the adjoint, in bytes. */
export interface MapSizes {
  /** Kept while the map is open, what x contributes included; in the forward map's, what both maps share. */
  readonly held: number;
  /** The most while it is opened. */
  readonly opening: number;
  /** The most while it is applied; */
  readonly evaluation: number;
  /** while its point is judged by f. */
  readonly judging: number;
  /** What the tape of one application keeps, */
  readonly tape: number;
  /** and that of its pullback; absent where products with its Jacobian are made by differences. */
  readonly twice?: number;
}

/**
 * The sizes of a training step's problem at two batches. What a batch takes grows by the same with each
 * example, so any other batch lies on the line through them.
 */
export interface BatchSizes {
  readonly at: readonly [number, number];
  readonly sizes: readonly [ProblemSizes, ProblemSizes];
}

/** The sizes at a batch, from those at two others. */
export function atBatch({ at: [few, more], sizes: [low, high] }: BatchSizes, batch: number) {
  return between(low, high, (batch - few) / (more - few));
}

/** So far from one to the other, part by part. A size is never less than nothing. */
function between<Sizes extends object>(low: Sizes, high: Sizes, share: number): Sizes {
  const entries = Object.entries({ ...low } as Readonly<Record<string, number | object>>).map(
    ([key, from]) => {
      const to = (high as Readonly<Record<string, number | object>>)[key] ?? from;
      return [
        key,
        typeof from === 'number'
          ? Math.max(0, from + share * ((to as number) - from))
          : between(from, to as object, share),
      ];
    },
  );
  return Object.fromEntries(entries) as Sizes;
}
