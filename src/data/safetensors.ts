import {
  checkName,
  countValues,
  damaged,
  metadataKey,
  quote,
  readHeader,
  record,
  SafetensorsError,
} from './safetensorsHeader.ts';

export { SafetensorsError } from './safetensorsHeader.ts';

/** A float32 tensor on the CPU, in row-major order. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, NamedTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const megabyte = 2 ** 20;
const largestHeader = 4 * megabyte;
const largestFile = 256 * megabyte;

/** Bytes before the header: its length, little-endian. */
const prefix = 8;

/**
 * The bytes of a safetensors file: header length, JSON header padded with spaces to 8 bytes, data in
 * the order of the tensors' names. The same content gives the same bytes. Throws a SafetensorsError
 * when `decodeSafetensors` would not read the file: a name it refuses, data that don't fill their
 * shape, or a file that is too large.
 */
export function encodeSafetensors(file: Safetensors): Uint8Array<ArrayBuffer> {
  const tensors = inOrder(file.tensors);
  // Written field by field: in an object, names that look like integers would come first.
  const fields: string[] = [];
  const metadata = inOrder(file.metadata);
  if (metadata.length > 0) fields.push(field(metadataKey, `{${metadata.map(textField).join()}}`));
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    const begin = end;
    end += 4 * data.length;
    if (countValues(name, shape) !== data.length) {
      throw new SafetensorsError(
        `${quote(name)} has ${data.length} values, which don't fill its shape [${shape.join()}].`,
      );
    }
    fields.push(field(name, JSON.stringify({ dtype: 'F32', shape, data_offsets: [begin, end] })));
  }
  const header = new TextEncoder().encode(`{${fields.join()}}`);
  const dataStart = prefix + Math.ceil(header.length / 8) * 8;
  if (dataStart - prefix > largestHeader)
    throw new SafetensorsError('The names and the metadata take more than the 4 MB that are read.');
  checkSize(dataStart + end);

  const bytes = new Uint8Array(dataStart + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - prefix), true);
  bytes.fill(' '.charCodeAt(0), prefix, dataStart);
  bytes.set(header, prefix);
  let at = dataStart;
  for (const [, { data }] of tensors) {
    // As bytes, which keeps every NaN; all that run JavaScript with a GPU are little-endian.
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Read a safetensors file of F32 tensors from anyone. The data are copied. Throws a SafetensorsError
 * that says what is wrong: no such file, cut off, too large (a header over 4 MB, a file over 256 MB),
 * another dtype, shapes and offsets that don't fit together.
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < prefix) {
    throw damaged(`The file is cut off: it has ${bytes.length} bytes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  // Of a text the first eight bytes make a number without any meaning: it is not said.
  if (headerBytes > largestHeader)
    throw damaged('It does not begin with the length of a header of up to 4 MB.');
  checkSize(bytes.length);
  const dataStart = prefix + headerBytes;
  if (dataStart > bytes.length) {
    throw damaged(
      `The file is cut off: its header should end at byte ${dataStart}, but there are ` +
        `${bytes.length}.`,
    );
  }
  const json = decodeText(bytes.subarray(prefix, dataStart));
  const { entries, metadata } = readHeader(json, bytes.length - dataStart);
  const tensors = record(
    entries.map(({ name, shape, begin, end }) => {
      const data = new Float32Array((end - begin) / 4);
      new Uint8Array(data.buffer).set(bytes.subarray(dataStart + begin, dataStart + end));
      return [name, { shape, data }] as const;
    }),
  );
  return { tensors, metadata };
}

function checkSize(fileBytes: number): void {
  if (fileBytes > largestFile) {
    const size = Math.ceil(fileBytes / megabyte);
    throw new SafetensorsError(
      `The file is gigantic: ${size} MB, and at most 256 MB are read. Choose a smaller model.`,
    );
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damaged('The header is not UTF-8.');
  }
}

/** The entries by name, in the order of UTF-16 units, which no locale changes. */
function inOrder<T>(values: Readonly<Record<string, T>>): (readonly [string, T])[] {
  const entries = Object.entries(values);
  for (const [name] of entries) checkName(name);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

const field = (name: string, json: string): string => `${JSON.stringify(name)}:${json}`;

const textField = ([key, text]: readonly [string, string]): string =>
  field(key, JSON.stringify(text));
