/** The two-resolution cell of multiscale deep equilibrium models (Bai, Koltun, Kolter 2020), as locuslab/deq has it. */
import { convolution } from '../../ops/convolution.ts';
import { upsample } from '../../ops/upsample.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { Layout } from '../layout.ts';
import { kernelSpec, norm, normSpecs } from '../normedConvolutions.ts';
import type { ParameterSpec } from '../parameters.ts';

/** How large a cell is. */
export interface Scales {
  /** Channels of the finer and of the coarser resolution. */
  readonly channels: readonly [fine: number, coarse: number];
  /** Rows and columns of the finer one; both even, as the coarser one has half of them. */
  readonly size: readonly [rows: number, columns: number];
  /** How many times as many channels a block has inside. */
  readonly expansion: number;
  /** Groups of the norms; those after the fusion have half as many. */
  readonly groups: number;
  /** Sides of the two kernels of a block; 3 if absent. */
  readonly kernels?: readonly [fine: number, coarse: number];
}

/** Which resolution: 0 is the finer one. */
type Branch = 0 | 1;
const branches: readonly Branch[] = [0, 1];

/** Rows and columns of a resolution. */
export const sizeOf = ({ size: [rows, columns] }: Scales, branch: Branch) =>
  [rows / 2 ** branch, columns / 2 ** branch] as const;

/** Numbers of one resolution's state. */
export function numbersOf(scales: Scales, branch: Branch): number {
  const [rows, columns] = sizeOf(scales, branch);
  return scales.channels[branch] * rows * columns;
}

/** Numbers of a sample's state. */
export const stateSize = (scales: Scales): number => numbersOf(scales, 0) + numbersOf(scales, 1);

/** What a resolution is called: its pixels. */
export const scaleName = (scales: Scales, branch: Branch): string =>
  sizeOf(scales, branch).join(' × ');

/** The state of a sample: all channels of the finer resolution, then of the coarser one, row-major. */
export const scalesLayout = (scales: Scales): Layout =>
  branches.map((branch) => ({
    name: scaleName(scales, branch),
    offset: branch === 0 ? 0 : numbersOf(scales, 0),
    shape: [scales.channels[branch], ...sizeOf(scales, branch)],
    axes: ['channels', 'rows', 'columns'],
  }));

/**
 * The cell's parameters, by the names and in the layouts of locuslab/deq (`MDEQModule`). Kernels start with variance one
 * over what flows into a number: norms take any other scale away again. Norms start at 1 and 0; those after the fusion, at
 * the `gain`, which is the scale of f's values.
 */
export function cellParameters({
  channels,
  expansion,
  kernels = [3, 3],
}: Omit<Scales, 'size' | 'groups'>): ParameterSpec[] {
  const [fine, coarse] = channels;
  return [
    ...branches.flatMap((branch) => {
      const own = channels[branch];
      const side = kernels[branch];
      const block = `branches.${branch}.blocks.0.`;
      return [
        kernelSpec(`${block}conv1.weight`, [own * expansion, own, side, side]),
        ...normSpecs(`${block}gn1`, own * expansion),
        kernelSpec(`${block}conv2.weight`, [own, own * expansion, side, side]),
        ...normSpecs(`${block}gn2`, own),
        ...normSpecs(`${block}gn3`, own),
      ];
    }),
    kernelSpec('fuse_layers.0.1.net.conv.weight', [fine, coarse, 1, 1]),
    ...normSpecs('fuse_layers.0.1.net.gnorm', fine),
    kernelSpec('fuse_layers.1.0.net.0.conv.weight', [coarse, fine, 3, 3]),
    ...normSpecs('fuse_layers.1.0.net.0.gnorm', coarse),
    ...branches.flatMap((branch) => [
      kernelSpec(`post_fuse_layers.${branch}.conv.weight`, [
        channels[branch],
        channels[branch],
        1,
        1,
      ]),
      ...normSpecs(`post_fuse_layers.${branch}.gnorm`, channels[branch]),
    ]),
  ];
}

/** The pictures of a resolution in flat states: `z [batch, size]` → `[batch, channels, rows, columns]`. */
export function pictures(scales: Scales, z: tf.Tensor, branch: Branch): tf.Tensor {
  const [batch = 1] = z.shape;
  const own = tf.slice(
    z,
    [0, branch === 0 ? 0 : numbersOf(scales, 0)],
    [batch, numbersOf(scales, branch)],
  );
  return tf.reshape(own, [batch, scales.channels[branch], ...sizeOf(scales, branch)]);
}

/**
 * One evaluation of the cell: `z [batch, size]` flat as in `scalesLayout`, `x [batch, fine channels, rows, columns]`, which
 * enters the finer resolution alone → the same shape as z. Each resolution goes through its residual block; the outcomes are
 * fused, each with the other's, and normed once more.
 */
export function multiscaleCell(
  scales: Scales,
  params: Params,
  x: tf.Tensor,
  z: tf.Tensor,
): tf.Tensor {
  const { groups } = scales;
  const [batch = 1] = z.shape;
  const fine = block(scales, params, pictures(scales, z, 0), 0, x);
  const coarse = block(scales, params, pictures(scales, z, 1), 1);
  const up = convolution(coarse, param(params, 'fuse_layers.0.1.net.conv.weight'));
  const fromCoarse = upsample(norm(up, groups, params, 'fuse_layers.0.1.net.gnorm'), 2);
  const down = convolution(fine, param(params, 'fuse_layers.1.0.net.0.conv.weight'), {
    stride: 2,
    padding: 1,
  });
  const fromFine = norm(down, groups, params, 'fuse_layers.1.0.net.0.gnorm');
  const fused = [tf.add(fine, fromCoarse), tf.add(fromFine, coarse)];
  const out = fused.map((y, branch) => {
    const name = `post_fuse_layers.${branch}`;
    const mixed = convolution(tf.relu(y), param(params, `${name}.conv.weight`));
    const normed = norm(mixed, Math.max(1, Math.floor(groups / 2)), params, `${name}.gnorm`);
    return tf.reshape(normed, [batch, normed.size / batch]);
  });
  return tf.concat(out, 1);
}

/** A residual block: norm(relu(norm(conv(relu(norm(conv z)))) + x) + z)). */
function block(
  { groups }: Scales,
  params: Params,
  z: tf.Tensor,
  branch: Branch,
  x?: tf.Tensor,
): tf.Tensor {
  const name = `branches.${branch}.blocks.0.`;
  const wide = convolution(z, param(params, `${name}conv1.weight`));
  const inner = tf.relu(norm(wide, groups, params, `${name}gn1`));
  const narrow = convolution(inner, param(params, `${name}conv2.weight`));
  // The reference norms the sum with what is injected.
  const normed = norm(x ? tf.add(narrow, x) : narrow, groups, params, `${name}gn2`);
  return norm(tf.relu(tf.add(normed, z)), groups, params, `${name}gn3`);
}
