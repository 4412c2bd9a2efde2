/** What the kernels of fused solvers share. */
import type * as tf from '../../tf/index.ts';
import { typeOf, type Components } from '../../tf/programs.ts';
import { blowUp, runaway } from '../judge.ts';
import { relativeFloor, stall } from '../conventions/settings.ts';
import { normOf } from './norms.ts';
import { traceLength } from './settings.ts';

/** What a kernel is given for one iteration. */
export interface Kernels {
  readonly batch: number;
  /** Numbers of one sample. */
  readonly n: number;
  /** The point `[batch, n]`, moved in place. */
  readonly z: tf.Tensor;
  /** The point with the lowest residual before this one `[batch, n]`. */
  readonly best: tf.Tensor;
  /** Of each sample its last residuals and its first ‖f(z) − z‖ `[batch, traceLength]`. */
  readonly trace: tf.Tensor;
  /** Measurements `[rows, batch, 4]`: the residual, that relative to f(z), whether it fell back. */
  readonly norms: tf.Tensor;
  /** Where this iteration's go. */
  readonly row: number;
  readonly iteration: number;
  readonly rule: { readonly tolerance: number; readonly absolute: boolean };
}

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
 * `fn unitOf(norm)`: a power of two near 1/‖g‖ where products of second order in g would leave float32's
 * range, else 1, so that numbers of ordinary size keep their bits.
 */
export const unitOf = `
fn unitOf(norm: vec2<f32>) -> f32 {
  let length = norm.x * norm.y;
  if (norm.y == 0.0 || (length > 1e-12 && length < 1e12)) { return 1.0; }
  return exp2(-floor(clamp(log2(norm.x) + log2(norm.y), -120.0, 120.0)));
}`;

/**
 * `fn judgePoint(sample, residual, size, fell)`: writes the measurement of a point and decides, by the
 * rule that the host applies too (`judge.ts`), whether its sample is done and whether it is the best so
 * far. Norms come as scale and root. Needs `work`, `trace` and `norms` for writing and `judgeUniforms`.
 */
export const judgePoint = `${normOf}
// By its bits: compilers may assume that there is no other kind of number.
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }
fn judgePoint(sample: i32, residual: vec2<f32>, size: vec2<f32>, fell: f32) {
  let length = residual.x * residual.y;
  // As relativeTo has it: the quotient may be a number where the lengths are none.
  let unit = max(size.x, ${relativeFloor});
  let relative = residual.x / unit * (residual.y / (size.y * (size.x / unit) + ${relativeFloor} / unit));
  let value = select(relative, length, uniforms.absolute == 1);
  let fresh = uniforms.iteration == 0;
  let at = sample * uniforms.stride;
  let flags = work[at];
  let first = select(flags.z, value, fresh);
  let lowest = select(flags.y, 3.4e38, fresh);
  let better = isFinite(value) && value < lowest;
  let most = select(${blowUp.rel.toExponential()}, ${blowUp.abs.toExponential()}, uniforms.absolute == 1);
  let ring = sample * ${traceLength};
  if (fresh) { trace[ring + ${stall.window}] = length; }
  trace[ring + uniforms.iteration % ${stall.window}] = value;
  let grew = value > max(first, 2.220446e-16) * most
    && (uniforms.absolute == 1 || length / most > trace[ring + ${stall.window}]);
  let away = length > ${runaway.growth.toExponential()} * max(trace[ring + ${stall.window}], ${runaway.least});
  var stalled = false;
  if (uniforms.iteration >= ${stall.window} && value < ${stall.range} * uniforms.tolerance) {
    var most = value;
    var least = value;
    for (var i = 0; i < ${stall.window}; i++) {
      most = max(most, trace[ring + i]);
      least = min(least, trace[ring + i]);
    }
    stalled = most < ${stall.change} * least;
  }
  let done = !isFinite(value) || value < uniforms.tolerance || grew || away || stalled;
  let held = (!fresh && flags.x > 0.0) || done;
  work[at] = vec4<f32>(
    select(0.0, 1.0, held), select(lowest, value, better), first, select(0.0, 1.0, better));
  norms[uniforms.row * uniforms.batch + sample] = vec4<f32>(length, relative, fell, 0.0);
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
