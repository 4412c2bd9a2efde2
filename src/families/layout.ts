/** How the flat state of one sample is to be read: named parts, each with a shape and the meaning of its axes. */

/** What the entries along one axis of a part are. */
export type Axis =
  'tokens' | 'features' | 'units' | 'rows' | 'columns' | 'channels' | 'layers' | 'qubits';

/** One part of a state: `size` consecutive numbers from `offset` on, row-major in `shape`. */
export interface Part {
  readonly name: string;
  readonly offset: number;
  /** Without the batch. */
  readonly shape: readonly number[];
  /** As many as the shape has entries. */
  readonly axes: readonly Axis[];
  /** What the entries along an axis are called, where they have names: the text, token by token. */
  readonly labels?: Readonly<Partial<Record<Axis, readonly string[]>>>;
}

/** All parts of one sample's state; together they cover it. Plain data: it crosses the worker's edge. */
export type Layout = readonly Part[];

/** A state that is one part. */
export const onePart = (
  name: string,
  shape: readonly number[],
  axes: readonly Axis[],
  labels?: Part['labels'],
): Layout => [{ name, offset: 0, shape, axes, ...(labels ? { labels } : {}) }];
