/** What the kernels of fused solvers share. */
import type * as tf from '../../tf/index.ts';
import { typeOf, type Components } from '../../tf/programs.ts';
import { blowUp } from '../judge.ts';
import { relativeFloor } from '../method.ts';

/** What a kernel is given for one iteration. */
export interface Kernels {
  readonly batch: number;
  /** Numbers of one sample. */
  readonly n: number;
  /** The point `[batch, n]`, moved in place. */
  readonly z: tf.Tensor;
  /** The point with the lowest residual before this one `[batch, n]`. */
  readonly best: tf.Tensor;
  /** Measurements `[rows, batch, 4]`: the residual, that relative to f(z), whether it fell back. */
  readonly norms: tf.Tensor;
  /** Where this iteration's go. */
  readonly row: number;
  readonly iteration: number;
  readonly rule: { readonly tolerance: number; readonly absolute: boolean };
}

/** Parts that a sum over n is cut into, so that a GPU has enough to do at once. */
export const parts = 32;
/** Elements that a thread changes, where each needs the sums of all parts. */
export const span = 4;

/** `fn product(a, b)`: the sum over two elements' products. */
export const product = (components: Components): string => `
fn product(a: ${typeOf(components)}, b: ${typeOf(components)}) -> f32 { return ${components === 4 ? 'dot(a, b)' : 'a * b'}; }`;

/**
 * Access to a sample's flags, the first vector in its stretch of `work`: whether it is held, its lowest
 * residual, its first, and whether its newest point is the best.
 */
export const flagsOf = `
fn isHeld(sample: i32) -> bool { return work[sample * uniforms.stride].x > 0.0; }
fn isBest(sample: i32) -> bool { return work[sample * uniforms.stride].w > 0.0; }`;

/**
 * `fn judgePoint(sample, residual, size, fell)`: writes the measurement of a point and decides, by the
 * rule that the host applies too (`judge.ts`), whether its sample is done and whether it is the best so
 * far. Needs `work` and `norms` for writing and `judgeUniforms`.
 */
export const judgePoint = `
// By its bits: compilers may assume that there is no other kind of number.
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }
fn judgePoint(sample: i32, residual: f32, size: f32, fell: f32) {
  let relative = residual / (size + ${relativeFloor});
  let value = select(relative, residual, uniforms.absolute == 1);
  let fresh = uniforms.iteration == 0;
  let at = sample * uniforms.stride;
  let flags = work[at];
  let first = select(flags.z, value, fresh);
  let lowest = select(flags.y, 3.4e38, fresh);
  let better = isFinite(value) && value < lowest;
  let limit = max(first, 2.220446e-16) * select(${blowUp.rel.toExponential()}, ${blowUp.abs.toExponential()}, uniforms.absolute == 1);
  let done = !isFinite(value) || value < uniforms.tolerance || value > limit;
  let held = (!fresh && flags.x > 0.0) || done;
  work[at] = vec4<f32>(
    select(0.0, 1.0, held), select(lowest, value, better), first, select(0.0, 1.0, better));
  norms[uniforms.row * uniforms.batch + sample] = vec4<f32>(residual, relative, fell, 0.0);
}`;

/** Uniforms that `judgePoint` needs. */
export const judgeUniforms = ({
  rule,
  iteration,
  row,
}: Kernels): { sizes: Record<string, number>; numbers: Record<string, number> } => ({
  sizes: { iteration, row, absolute: rule.absolute ? 1 : 0 },
  numbers: { tolerance: rule.tolerance },
});
