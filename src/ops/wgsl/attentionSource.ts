/** WGSL that the attention kernels share. */
import { matmulVariant } from '../../tf/fused.ts';
import type * as tf from '../../tf/index.ts';
import type { Components } from '../../tf/programs.ts';
import { four } from './access.ts';

/** What attention reads, and its sizes. */
export interface Attention {
  /** Queries, keys and values side by side `[batch, K, 3 d]`. */
  readonly qkv: tf.Tensor;
  /** For the distances K − 1 … 0, `[K, d]`. */
  readonly positions: tf.Tensor;
  /** `[heads, d / heads]`. */
  readonly contentBias: tf.Tensor;
  /** `[heads, d / heads]`. */
  readonly positionBias: tf.Tensor;
  /** Queries L: the last positions. */
  readonly length: number;
}

/** Sizes of an attention, with what follows from them for the code. */
export interface AttentionSizes {
  readonly batch: number;
  readonly length: number;
  readonly keys: number;
  readonly heads: number;
  readonly width: number;
  /** Features of one head. */
  readonly size: number;
  readonly components: Components;
}

/** The sizes of these inputs. */
export function sizesOf({ qkv, contentBias, length }: Attention): AttentionSizes {
  const [batch = 1, keys = 1, packed = 3] = qkv.shape;
  const [heads = 1, size = 1] = contentBias.shape;
  return { batch, length, keys, heads, width: packed / 3, size, components: size % 4 ? 1 : 4 };
}

/** Queries that a thread has, and keys that it looks at together. */
export interface Block {
  readonly queries: number;
  readonly keys: number;
}

/**
 * A thread reads a key, a value and a position once for all of its queries, but has to keep each one's
 * sums: many queries suit a GPU of few threads and much memory behind each, one of them another.
 */
export function blockOf({ size }: AttentionSizes): Block {
  if (matmulVariant() === 'tiles' || size > 32) return { queries: 1, keys: 1 };
  return { queries: size > 16 ? 2 : 4, keys: 2 };
}

/** The uniforms of every attention kernel. */
export const attentionUniforms = ({
  batch,
  length,
  keys,
  heads,
  width,
}: AttentionSizes): Record<string, number> => ({ batch, length, keys, heads, width });

/** The inputs as every attention kernel binds them. */
export const attentionReads = (
  { qkv, positions, contentBias, positionBias }: Attention,
  { components }: AttentionSizes,
): Record<string, readonly [tf.Tensor, Components]> => ({
  qkv: [qkv, components],
  positions: [positions, components],
  contentBias: [contentBias, components],
  positionBias: [positionBias, components],
});

/**
 * Lines for every vector of four features of a head. A head's vectors are variables of their own,
 * `q0`, `q1`, …: registers, where an array with a moving index would be memory.
 */
export const eachPart = (sizes: AttentionSizes, line: (part: number) => string): string =>
  mapParts(sizes, line).join('\n  ');

/** Sum of such an expression over a head's vectors. */
export const sumParts = (sizes: AttentionSizes, term: (part: number) => string): string =>
  mapParts(sizes, term).join(' + ');

const mapParts = ({ size }: AttentionSizes, text: (part: number) => string): string[] =>
  Array.from({ length: Math.ceil(size / 4) }, (_, part) => text(part));

/** WGSL for the four features of a part in a buffer, zeros past the head's end; `at` counts numbers. */
export const partReader =
  ({ size, components }: AttentionSizes) =>
  (buffer: string, at: string, part: number): string => {
    if (components === 4) return `${buffer}[(${at} >> 2u) + ${part}]`;
    const lanes = four.map((lane) =>
      4 * part + lane < size ? `${buffer}[${at} + ${4 * part + lane}]` : '0.0',
    );
    return `vec4<f32>(${lanes.join(', ')})`;
  };

/** Write the four features of a part, none past the head's end. */
export function writePart(
  { size, components }: AttentionSizes,
  buffer: string,
  at: string,
  part: number,
  value: string,
): string {
  if (components === 4) return `${buffer}[(${at} >> 2u) + ${part}] = ${value};`;
  return four
    .filter((lane) => 4 * part + lane < size)
    .map((lane) => `${buffer}[${at} + ${4 * part + lane}] = (${value})[${lane}];`)
    .join(' ');
}

/**
 * The first of a thread's `count` neighbours and its head; threads past the end return. There are `length`
 * queries, and as many distances (`column`) as `keys`.
 */
export const ownPlace = (name: 'query' | 'key' | 'column', count = 1): string => `
  let across = (uniforms.${name === 'query' ? 'length' : 'keys'} + ${count - 1}) / ${count};
  let ${name} = index % across * ${count};
  let head = index / across % uniforms.heads;
  let sample = index / (across * uniforms.heads);
  if (sample >= uniforms.batch) { return; }`;

/**
 * A query with each bias added, scaled: `content0`, …, `position0`, …; `own` is its place and `last` its
 * key. A suffix tells the names of several queries apart.
 */
export function biasedQuery(
  sizes: AttentionSizes,
  { query, suffix }: { readonly query: string; readonly suffix: string } = {
    query: 'query',
    suffix: '',
  },
): string {
  const read = partReader(sizes);
  const scale = scaleOf(sizes);
  return `
  let last${suffix} = uniforms.keys - uniforms.length + ${query};
  let own${suffix} = packedAt(sample, last${suffix}, head);
  ${suffix && suffix !== '_0' ? '' : `let bias = head * ${sizes.size};`}
  ${eachPart(
    sizes,
    (p) => `let q${p}${suffix} = ${read('qkv', `own${suffix}`, p)};
  let content${p}${suffix} = (q${p}${suffix} + ${read('contentBias', 'bias', p)}) * ${scale};
  let position${p}${suffix} = (q${p}${suffix} + ${read('positionBias', 'bias', p)}) * ${scale};`,
  )}`;
}

/** Where things are in their buffers. Row c of the positions belongs to key c − (L − 1 − query). */
export const places = ({ size }: AttentionSizes): string => `
fn packedAt(sample: i32, position: i32, head: i32) -> i32 {
  return (sample * uniforms.keys + position) * 3 * uniforms.width + head * ${size};
}
fn positionAt(query: i32, key: i32, head: i32) -> i32 {
  return (key + uniforms.length - 1 - query) * uniforms.width + head * ${size};
}
fn queryAt(sample: i32, query: i32, head: i32) -> i32 {
  return (sample * uniforms.length + query) * uniforms.width + head * ${size};
}
fn rowOf(sample: i32, query: i32, head: i32) -> i32 {
  return (sample * uniforms.heads + head) * uniforms.length + query;
}`;

/** 1/√size as WGSL: scores are divided by √size. */
export const scaleOf = ({ size }: AttentionSizes): string => `f32(${1 / Math.sqrt(size)})`;
