/** What a cell is at one position, when the equilibria of those before it are known. */
import type { PlainMap } from '../../numerics/plain/solve.ts';
import { addProduct, dot } from '../../ops/vectors.ts';
import type { Params } from '../../tf/params.ts';
import { readPacked } from '../../tf/readback.ts';

/** Parameters of a model as plain numbers, by the names that `Params` have. */
export type Weights = Readonly<Record<string, Float64Array>>;

/**
 * One sequence on plain numbers, position by position. The cells are causal: what a position's f reads of earlier
 * ones is their equilibria, which do not change when a token is appended, so f of the whole sequence has a fixed
 * point where each position's f has one, in turn. Of an earlier position is kept what later ones read of it.
 * Without dropout, as in every use of a trained model.
 */
export interface Sequence {
  /** Numbers of one position's state. */
  readonly width: number;
  /** Append a token: f is now of its position. The one before must have been kept. Checked ids only. */
  enter(id: number): void;
  /** f at the newest position. */
  readonly f: PlainMap;
  /** The newest position's equilibrium is z. */
  keep(z: Float64Array): void;
  /**
   * Begin a new segment, with what `LanguageModel.remember` would have remembered of `length` positions; 0 forgets
   * all.
   */
  begin(length: number): void;
  /** Of a state `[vocabulary]`. */
  logits(z: Float64Array): Float64Array;
}

/** Parameters as plain numbers, in one read. Borrows them. */
export async function readWeights(params: Params): Promise<Weights> {
  const names = Object.keys(params);
  const values = await readPacked(Object.values(params));
  return Object.fromEntries(
    names.map((name, i) => [name, Float64Array.from(values[i] ?? [])] as const),
  );
}

/** One parameter. Throws for one that is not there. */
export function weight(weights: Weights, name: string): Float64Array {
  const found = weights[name];
  if (!found) throw new Error(`The model has no parameter ${name}.`);
  return found;
}

/** Row `id` of the embedding, times `scale`. */
export function embedded(weights: Weights, id: number, width: number, scale = 1): Float64Array {
  const from = id * width;
  return weight(weights, 'embedding')
    .slice(from, from + width)
    .map((value) => scale * value);
}

/** `x W + b` with the matrix and the bias of these names; without one, zero. */
export function affine(
  weights: Weights,
  x: Float64Array,
  [matrix, bias]: readonly [matrix: string, bias: string],
): Float64Array {
  const out = weight(weights, bias).slice();
  addProduct(out, x, weight(weights, matrix), { columns: out.length });
  return out;
}

/** The head tied to the embedding: one logit a row of it. */
export function tiedLogits(weights: Weights, x: Float64Array): Float64Array {
  const table = weight(weights, 'embedding');
  const bias = weights['head.bias'];
  return Float64Array.from(
    { length: table.length / x.length },
    (_, id) => dot(x, table, id * x.length) + (bias?.[id] ?? 0),
  );
}
