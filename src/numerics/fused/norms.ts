/** Norms in kernels, by three sums of squares of which one is in float32's range (Blue 1978). */
import { typeOf, type Components } from '../../tf/programs.ts';

/** A factor and its inverse that bring far values to where their squares are numbers. */
const down = (2 ** -80).toExponential();
const up = (2 ** 80).toExponential();

/** `fn squares(x) -> vec4`: the sum of squares of an element as it is, scaled down and scaled up. */
export const normSums = (components: Components): string => `
fn squares(x: ${typeOf(components)}) -> vec4<f32> {
  let low = x * ${down}f;
  let high = x * ${up}f;
  return vec4<f32>(${(components === 4
    ? ['dot(x, x)', 'dot(low, low)', 'dot(high, high)']
    : ['x * x', 'low * low', 'high * high']
  ).join(', ')}, 0.0);
}`;

/**
 * `fn normOf(sums) -> vec2`: a norm as scale and root, from the sums of `squares`. The plain sum is used
 * between 2⁻⁸³ and 2¹²³: what is lost or infinite of the others does not matter then. Compared by bits,
 * because compilers may assume that there is no infinity; a NaN is in every sum.
 */
export const normOf = `
fn normOf(sums: vec4<f32>) -> vec2<f32> {
  let bits = bitcast<u32>(sums.x);
  if (bits > 0x7d000000u) { return vec2<f32>(${up}f, sqrt(sums.y)); }
  if (bits < 0x16000000u) { return vec2<f32>(${down}f, sqrt(sums.z)); }
  return vec2<f32>(1.0, sqrt(sums.x));
}`;
