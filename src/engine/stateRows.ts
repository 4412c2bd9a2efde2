import type { OpenedProblem } from '../families/family.ts';
import type { Axis, Layout } from '../families/layout.ts';
import * as tf from '../tf/index.ts';
import type { StateRowKind } from './protocol/exploreProtocol.ts';

/** More rows than this nobody reads: then each part, or each sample, is one. */
const most = 512;

/** What the state of a batch is cut into, to see which pieces have settled. */
export interface StateRows {
  readonly kind: StateRowKind;
  /** One for each row, samples after each other. */
  readonly labels: readonly string[];
  /** Of one sample: numbers of each row, one behind the other. */
  readonly sizes: readonly number[];
}

/** One piece of a sample's state. */
interface Piece {
  readonly label: string;
  readonly size: number;
}

/**
 * Rows of a state: the entries of its parts' leading axis (tokens, layers, channels, units), where that is no
 * feature of something else; else its parts; else its samples.
 */
export function rowsOf({
  layout,
  samples,
  samplesAre = 'samples',
}: Pick<OpenedProblem, 'layout' | 'samples'> & {
  readonly samplesAre?: StateRowKind | undefined;
}): StateRows {
  const cuts: readonly (readonly [StateRowKind, readonly Piece[]])[] = [
    ...leading(layout),
    ...(layout.length > 1
      ? ([
          ['parts', layout.map(({ name, shape }) => ({ label: name, size: sizeOf(shape) }))],
        ] as const)
      : []),
    [samplesAre, [{ label: '', size: layout.reduce((sum, { shape }) => sum + sizeOf(shape), 0) }]],
  ];
  const whole = cuts.at(-1) ?? ([samplesAre, []] as const);
  const [kind, pieces] = cuts.find(([, one]) => one.length * samples.length <= most) ?? whole;
  return {
    kind,
    sizes: pieces.map(({ size }) => size),
    labels: samples.flatMap((sample) =>
      pieces.map(({ label }) => {
        if (pieces === whole[1]) return sample;
        return samples.length === 1 ? label : `${sample}, ${label}`;
      }),
    ),
  };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The layout cut along its parts' leading axis, where all parts have the same one and it is worth it. */
function leading(layout: Layout): readonly (readonly [Axis, readonly Piece[]])[] {
  const axis = layout[0]?.axes[0];
  if (!axis || axis === 'features' || layout.some(({ axes }) => axes[0] !== axis)) return [];
  const pieces = layout.flatMap(({ name, shape: [count = 1, ...rest], labels }) =>
    Array.from({ length: count }, (_, i) => {
      const own = labels?.[axis]?.[i] ?? `${axis.replace(/s$/, '')} ${i + 1}`;
      return { label: layout.length === 1 ? own : `${name}, ${own}`, size: sizeOf(rest) };
    }),
  );
  return [[axis, pieces]];
}

/**
 * A number of each row of a batch, of two states `[batch, ...]`: `measure` takes rows of one size
 * `[n, size]` of each to `[n]`. Call it inside a tidy.
 */
export function byRow(
  a: tf.Tensor,
  b: tf.Tensor,
  { labels, sizes }: StateRows,
  measure: (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor,
): tf.Tensor {
  const flat = (x: tf.Tensor, rows: number): tf.Tensor2D =>
    tf.reshape<tf.Rank.R2>(x, [rows, x.size / rows]);
  const [first = 1] = sizes;
  if (sizes.every((size) => size === first))
    return measure(flat(a, labels.length), flat(b, labels.length));
  const batch = labels.length / sizes.length;
  let at = 0;
  const columns = sizes.map((size) => {
    const piece = (x: tf.Tensor): tf.Tensor2D => tf.slice(flat(x, batch), [0, at], [batch, size]);
    const column = tf.reshape(measure(piece(a), piece(b)), [batch, 1]);
    at += size;
    return column;
  });
  return tf.reshape(tf.concat(columns, 1), [labels.length]);
}
