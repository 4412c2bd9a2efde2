/** Pieces of WGSL that several kernels share. */
import { typeOf, type Components } from '../../tf/programs.ts';

/** What may follow a product. */
export type Activation = 'relu' | 'tanh' | undefined;

/** WGSL for the sum over an element's components. */
export const total = (components: Components, value: string): string =>
  components === 4 ? `dot(${value}, vec4<f32>(1.0))` : value;

/** The numbers of a block's four rows, or of a vector's four lanes. */
export const four = [0, 1, 2, 3] as const;

/** How a row-major matrix in a buffer is read or written four columns at a time. */
export interface MatrixAccess {
  /** The buffer, and the end of the function's name. */
  readonly name: string;
  /** The uniform that holds the number of columns. */
  readonly columns: string;
  readonly components: Components;
}

const functionName = (verb: string, name: string): string =>
  verb + name.charAt(0).toUpperCase() + name.slice(1);

/**
 * `fn read<Name>(row, column4) -> vec4<f32>`: zeros beyond the last column. With `sparse` a row
 * of −1 reads as zeros too.
 */
export function matrixReader({ name, columns, components }: MatrixAccess, sparse = false): string {
  const body =
    components === 4
      ? `return ${name}[row * (uniforms.${columns} >> 2u) + column4];`
      : `let at = row * uniforms.${columns} + 4 * column4;
  let left = uniforms.${columns} - 4 * column4;
  if (left >= 4) { return vec4<f32>(${name}[at], ${name}[at + 1], ${name}[at + 2], ${name}[at + 3]); }
  var value = vec4<f32>(${name}[at], 0.0, 0.0, 0.0);
  if (left > 1) { value.y = ${name}[at + 1]; }
  if (left > 2) { value.z = ${name}[at + 2]; }
  return value;`;
  return `
fn ${functionName('read', name)}(row: i32, column4: i32) -> vec4<f32> {
  ${sparse ? 'if (row < 0) { return vec4<f32>(0.0); }' : ''}
  ${body}
}`;
}

/** `fn write<Name>(row, column4, value)`: what lies beyond the last column is dropped. */
export function matrixWriter({ name, columns, components }: MatrixAccess): string {
  const body =
    components === 4
      ? `${name}[row * (uniforms.${columns} >> 2u) + column4] = value;`
      : `let at = row * uniforms.${columns} + 4 * column4;
  let left = uniforms.${columns} - 4 * column4;
  ${name}[at] = value.x;
  if (left > 1) { ${name}[at + 1] = value.y; }
  if (left > 2) { ${name}[at + 2] = value.z; }
  if (left > 3) { ${name}[at + 3] = value.w; }`;
  return `
fn ${functionName('write', name)}(row: i32, column4: i32, value: vec4<f32>) {
  ${body}
}`;
}

/**
 * `fn activate(x)`, and `fn pulled(dy, y)` with the derivative taken from the result y, for one
 * element type.
 */
export function activationFunctions(activation: Activation, components: Components): string {
  const type = typeOf(components);
  const zero = `${type}(0.0)`;
  const [value, slope] = {
    none: ['x', 'dy'],
    relu: [`max(x, ${zero})`, `select(${zero}, dy, y > ${zero})`],
    tanh: ['hyperbolicTangent(x)', `dy * (${type}(1.0) - y * y)`],
  }[activation ?? 'none'] as [string, string];
  return `${activation === 'tanh' ? tangent(type) : ''}
fn activate(x: ${type}) -> ${type} { return ${value}; }
fn pulled(dy: ${type}, y: ${type}) -> ${type} { return ${slope}; }`;
}

/** `fn hyperbolicTangent`, from the decaying exponential: drivers overflow in WGSL's `tanh`. */
export const tangent = (type: string): string => `
fn hyperbolicTangent(x: ${type}) -> ${type} {
  let decayed = exp(-2.0 * abs(x));
  return sign(x) * (${type}(1.0) - decayed) / (${type}(1.0) + decayed);
}`;
