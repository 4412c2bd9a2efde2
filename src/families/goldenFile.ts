/** What the golden files of all families have in common, read from a value of unknown origin. */
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { ParameterSpec } from './parameters.ts';

/** A tensor in a golden file, row-major. */
export interface FileTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The case of that name, or the file itself where it has no cases; without a name the only case there is.
 * Throws an Error that lists the names.
 */
export function caseOf(file: unknown, name?: string): Readonly<Record<string, unknown>> {
  if (!isRecord(file)) throw new Error('A golden file must be an object.');
  const { cases } = file;
  if (!isRecord(cases)) {
    if (name === undefined) return file;
    throw new Error(`This golden file has no cases, so none is named ${name}.`);
  }
  const names = Object.keys(cases);
  if (names.length === 0)
    throw new Error('The golden file has no case: its list of cases is empty.');
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  const found = wanted !== undefined && Object.hasOwn(cases, wanted) ? cases[wanted] : undefined;
  if (isRecord(found)) return found;
  throw new Error(
    `${name === undefined ? 'Name one of the cases' : `The golden file has no case ${name}`}: ${names.join(', ')}.`,
  );
}

/** A tensor of a golden file. Throws an Error that names `what` when it is none. */
export function tensorOf(value: unknown, what: string): FileTensor {
  if (!isRecord(value)) throw new Error(`The golden file has no tensor ${what}.`);
  const { shape, data } = value;
  const numbers = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((one) => typeof one === 'number');
  if (!numbers(shape) || !shape.every((size) => Number.isInteger(size) && size >= 0))
    throw new Error(`${what} of the golden file has no list of sizes as its shape.`);
  if (!numbers(data)) throw new Error(`${what} of the golden file has data other than numbers.`);
  if (shape.reduce((a, b) => a * b, 1) === data.length) return { shape, data };
  throw new Error(
    `${what} of the golden file has shape [${shape.join(', ')}], but ${String(data.length)} numbers.`,
  );
}

/** The tensor's shape, where −1 stands for any size above 0. Throws an Error that names `what` where it is another. */
export function shaped(
  { shape }: FileTensor,
  what: string,
  wanted: readonly number[],
): readonly number[] {
  const fits =
    shape.length === wanted.length &&
    shape.every((size, i) => (wanted[i] === -1 ? size > 0 : size === wanted[i]));
  if (fits) return shape;
  const text = wanted.map((size) => (size === -1 ? 'any' : String(size))).join(', ');
  throw new Error(`${what} of the golden file has shape [${shape.join(', ')}], not [${text}].`);
}

/** Its `params` of those names and shapes. Throws an Error that names one that is missing or has another shape. */
export const tensorsOf = (
  params: Readonly<Record<string, unknown>>,
  specs: readonly Pick<ParameterSpec, 'name' | 'shape'>[],
): (readonly [name: string, tensor: FileTensor])[] =>
  specs.map(({ name, shape }) => {
    const tensor = tensorOf(params[name], `params.${name}`);
    shaped(tensor, `params.${name}`, shape);
    return [name, tensor];
  });

/** A tensor of a golden file on the current backend, which the caller owns. */
export const toTensor = ({ data, shape }: FileTensor): tf.Tensor =>
  tf.tensor(Float32Array.from(data), [...shape]);

/** The same of several, by their names. */
export const toTensors = (named: readonly (readonly [string, FileTensor])[]): Params =>
  Object.fromEntries(named.map(([name, tensor]) => [name, toTensor(tensor)]));

/** Every tensor as numbers, by the same names: for parameters that are kept as the file has them. */
export async function copyOut(
  record: Params,
): Promise<Record<string, { shape: number[]; data: Float32Array }>> {
  const entries = await Promise.all(
    Object.entries(record).map(async ([name, tensor]) => {
      const data = Float32Array.from(await tensor.data());
      const shape: number[] = [...tensor.shape];
      return [name, { shape, data }] as const;
    }),
  );
  return Object.fromEntries(entries);
}
