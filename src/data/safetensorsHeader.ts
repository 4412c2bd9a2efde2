/** A file that is not safetensors, or holds what is not read here; the message says what and why. */
export class SafetensorsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SafetensorsError';
  }
}

/** Where a tensor is: bytes `begin` to `end` of the data that follow the header. */
export interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** A header whose tensors fill the data without gap or overlap. */
export interface Header {
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** The key of the metadata among the tensors' names. */
export const metadataKey = '__metadata__';

/** Check the header's JSON against the bytes of data that follow it. Throws a SafetensorsError. */
export function readHeader(json: string, dataBytes: number): Header {
  const entries: TensorEntry[] = [];
  let metadata: Readonly<Record<string, string>> = record([]);
  for (const [name, value] of Object.entries(parse(json))) {
    if (name === metadataKey) metadata = readMetadata(value);
    else entries.push(readEntry(name, value, dataBytes));
  }
  checkLayout(entries, dataBytes);
  return { entries, metadata };
}

/** Number of values a shape holds. Throws a SafetensorsError unless it is one that can be counted. */
export function countValues(name: string, shape: readonly unknown[]): number {
  return shape.reduce<number>((product, size) => {
    if (!isCount(size)) {
      throw new SafetensorsError(
        `The shape of ${quote(name)} has a side that is not a whole number from 0 up.`,
      );
    }
    if (!isCount(product * size)) {
      throw new SafetensorsError(`The shape of ${quote(name)} is too large to count its values.`);
    }
    return product * size;
  }, 1);
}

/** Refuse a name that means something else. Throws a SafetensorsError. */
export function checkName(name: string): void {
  if (name === '__proto__' || name === metadataKey) {
    throw new SafetensorsError(`Nothing in the file may be called ${quote(name)}.`);
  }
}

/** An object without a prototype, so that no name finds what nobody put there. */
export function record<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const empty = Object.create(null) as Record<string, T>;
  for (const [name, value] of entries) empty[name] = value;
  return empty;
}

/** A name for a message: it comes from the file and may be of any length. */
export const quote = (name: string): string =>
  JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);

/** The error for a file that can't be right. */
export const damaged = (what: string): SafetensorsError =>
  new SafetensorsError(`This is no safetensors file, or a damaged one. ${what} Choose another.`);

function readEntry(name: string, value: unknown, dataBytes: number): TensorEntry {
  checkName(name);
  if (!isFields(value)) throw damaged(`${quote(name)} is not described by an object.`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (dtype !== 'F32') {
    const what = typeof dtype === 'string' ? quote(dtype) : 'not named';
    throw new SafetensorsError(
      `The dtype of ${quote(name)} is ${what}, but only F32 is read: convert the file to float32.`,
    );
  }
  if (!Array.isArray(shape)) throw damaged(`${quote(name)} has no shape.`);
  const bytes = 4 * countValues(name, shape);
  const [begin, end]: readonly unknown[] = isPair(offsets) ? offsets : [];
  if (!isCount(begin) || !isCount(end) || end < begin) {
    throw damaged(`The data offsets of ${quote(name)} are not two whole numbers in rising order.`);
  }
  if (end - begin !== bytes) {
    throw damaged(
      `${quote(name)} takes ${bytes} bytes by its shape, but ${end - begin} by its data offsets.`,
    );
  }
  if (end > dataBytes) {
    throw new SafetensorsError(
      `The file is cut off: ${quote(name)} ends at byte ${end} of the data, of which there are ` +
        `${dataBytes}. Download or copy it again.`,
    );
  }
  return { name, shape: shape as readonly number[], begin, end };
}

function checkLayout(entries: readonly TensorEntry[], dataBytes: number): void {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== end) {
      const wrong = entry.begin < end ? 'overlaps the tensor before it' : 'leaves a gap before it';
      throw damaged(`The data of ${quote(entry.name)} ${wrong}.`);
    }
    end = entry.end;
  }
  if (end !== dataBytes) {
    throw damaged(`${dataBytes - end} bytes at the file's end belong to no tensor.`);
  }
}

function readMetadata(value: unknown): Readonly<Record<string, string>> {
  if (!isFields(value)) throw damaged('The metadata are not an object.');
  return record(
    Object.entries(value).map(([key, text]) => {
      checkName(key);
      if (typeof text === 'string') return [key, text] as const;
      throw damaged(`The metadata's ${quote(key)} is not a text.`);
    }),
  );
}

function parse(json: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw damaged('The header is not JSON.');
  }
  if (!isFields(value)) throw damaged('The header is not a JSON object.');
  return value;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPair = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length === 2;

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
