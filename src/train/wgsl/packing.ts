import type * as tf from '../../tf/index.ts';
import { compute, computeOne, update, type Launch } from '../../tf/programs.ts';
import { strideOf } from './stride.ts';

/** A tensor whose numbers are a stretch of a vector. */
export interface Stretch {
  readonly tensor: tf.Tensor;
  /** Where it begins in the vector. */
  readonly offset: number;
}

/** A tensor to be moved. */
export interface Moved extends Stretch {
  /** The share of itself that it loses besides: decoupled weight decay. */
  readonly decay: number;
}

/** WebGPU promises eight buffers a dispatch: seven tensors and the vector. */
const packed = 7;
/** Three tensors, their successors, and the vector. */
const moved = 3;

/** Lines of WGSL, one for each of so many tensors. */
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n  ');

/** The tensors as `x0`, `x1`, …, their sizes and where they begin. */
function readsOf(stretches: readonly Stretch[]): Pick<Launch, 'reads' | 'sizes' | 'threads'> {
  const sizes = stretches.map(({ tensor: { size } }) => size);
  const stride = strideOf(Math.max(...sizes));
  return {
    reads: Object.fromEntries(stretches.map(({ tensor }, i) => [`x${i}`, [tensor, 1] as const])),
    sizes: {
      ...Object.fromEntries(sizes.map((size, i) => [`size${i}`, size])),
      ...Object.fromEntries(stretches.map(({ offset }, i) => [`offset${i}`, offset])),
      stride,
    },
    threads: stride,
  };
}

/** One vector `[size]` of tensors that fill it, seven a dispatch. */
export function fusedPack(stretches: readonly Stretch[], size: number): tf.Tensor1D {
  let vector: tf.Tensor | undefined;
  for (const group of groupsOf(stretches, packed)) {
    const launch = {
      ...readsOf(group),
      key: `pack ${group.length}`,
      source: () => `
fn main(index: i32) {
  if (index >= uniforms.stride) { return; }
  ${lines(
    group.length,
    (i) => `for (var at = index; at < uniforms.size${i}; at += uniforms.stride) {
    result[uniforms.offset${i} + at] = x${i}[at];
  }`,
  )}
}`,
    };
    if (vector) update({ ...launch, writes: { result: [vector, 1] } });
    else vector = computeOne({ ...launch, result: [[size], 1] });
  }
  return vector as tf.Tensor1D;
}

/**
 * Each tensor less its stretch of `move` and less its decay: new tensors of the same shapes, three a
 * dispatch.
 */
export function fusedMove(tensors: readonly Moved[], move: tf.Tensor1D): tf.Tensor[] {
  return groupsOf(tensors, moved).flatMap((group) => {
    const { reads, ...launch } = readsOf(group);
    const [first, ...others] = group.map(({ tensor: { shape } }) => [shape, 1] as const);
    const result = (i: number): string => (i === 0 ? 'result' : `result${i}`);
    return compute({
      ...launch,
      key: `move ${group.length}`,
      reads: { ...reads, moves: [move, 1] },
      numbers: Object.fromEntries(group.map(({ decay }, i) => [`decay${i}`, decay])),
      result: first as Launch['result'],
      also: Object.fromEntries(others.map((other, i) => [result(i + 1), other])),
      source: () => `
fn main(index: i32) {
  if (index >= uniforms.stride) { return; }
  ${lines(
    group.length,
    (i) => `for (var at = index; at < uniforms.size${i}; at += uniforms.stride) {
    let share = uniforms.decay${i} * x${i}[at];
    ${result(i)}[at] = x${i}[at] - (share + moves[uniforms.offset${i} + at]);
  }`,
  )}
}`,
    });
  });
}

const groupsOf = <T>(items: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, i) =>
    items.slice(most * i, most * (i + 1)),
  );
