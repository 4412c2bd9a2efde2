import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from './safetensors.ts';
import type { NamedTensor, Safetensors } from './safetensors.ts';

/** A file of this header, as it is, and this many bytes of data. */
function raw(header: string, dataBytes = 0, headerBytes?: number): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes ?? json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32'): object => ({
  dtype,
  shape,
  data_offsets: offsets,
});

const tensor: fc.Arbitrary<NamedTensor> = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, size) => product * size, 1);
  return fc.float32Array({ minLength: length, maxLength: length }).map((data) => ({ shape, data }));
});

const name = fc
  .oneof(fc.string({ unit: 'binary' }), fc.constantFrom('0', '10', '9', 'toString', 'constructor'))
  .filter((text) => text !== '__proto__' && text !== '__metadata__');

const anyFile: fc.Arbitrary<Safetensors> = fc.record({
  tensors: fc.dictionary(name, tensor, { maxKeys: 6 }),
  metadata: fc.dictionary(name, fc.string({ unit: 'binary' }), { maxKeys: 4 }),
});

const bits = ({ data }: NamedTensor): number[] => [
  ...new Uint8Array(Float32Array.from(data).buffer),
];

test('tensors and metadata survive the round trip, to the bit', () => {
  const property = fc.property(anyFile, (file) => {
    const bytes = encodeSafetensors(file);
    // From the middle of a buffer, as a slice of a download would be.
    const shifted = new Uint8Array(bytes.length + 5).subarray(3, 3 + bytes.length);
    shifted.set(bytes);
    const read = decodeSafetensors(shifted);
    expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(file.metadata).sort());
    expect(Object.keys(read.tensors).sort()).toEqual(Object.keys(file.tensors).sort());
    for (const [key, value] of Object.entries(file.tensors)) {
      expect(read.tensors[key]?.shape).toEqual(value.shape);
      expect(bits(read.tensors[key] ?? { shape: [], data: new Float32Array() })).toEqual(
        bits(value),
      );
    }
    expect(encodeSafetensors(read)).toEqual(bytes);
  });
  fc.assert(property, { numRuns: 500 });
});

test('the bytes are those of the format', () => {
  const one = { shape: [1, 2], data: Float32Array.of(1, -2) };
  const bytes = encodeSafetensors({
    tensors: { b: one, a: { shape: [], data: Float32Array.of(0.5) } },
    metadata: { note: 'é' },
  });
  const header =
    '{"__metadata__":{"note":"é"},' +
    '"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},' +
    '"b":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]}}';
  const length = Math.ceil(new TextEncoder().encode(header).length / 8) * 8;
  const view = new DataView(bytes.buffer);
  expect(view.getBigUint64(0, true)).toBe(BigInt(length));
  expect(new TextDecoder().decode(bytes.subarray(8, 8 + length)).trimEnd()).toBe(header);
  expect([0, 4, 8].map((at) => view.getFloat32(8 + length + at, true))).toEqual([0.5, 1, -2]);
  expect(bytes).toHaveLength(8 + length + 12);
});

test('a part of a larger array is written, and what is read is a copy', () => {
  const whole = Float32Array.of(1, 2, 3, 4);
  const bytes = encodeSafetensors({
    tensors: { part: { shape: [2], data: whole.subarray(1, 3) } },
    metadata: {},
  });
  const { tensors } = decodeSafetensors(bytes);
  bytes.fill(0);
  expect(tensors['part']?.data).toEqual(Float32Array.of(2, 3));
});

test('names of Object.prototype are nobody’s tensors', () => {
  const { tensors, metadata } = decodeSafetensors(raw('{}'));
  expect(Object.getPrototypeOf(tensors)).toBeNull();
  expect('toString' in tensors).toBe(false);
  expect('constructor' in metadata).toBe(false);
});

const scalar = entry([], [0, 4]);

test.each<[reason: string, bytes: Uint8Array]>([
  ['cut off', new Uint8Array(7)],
  ['cut off: its header', raw('{}', 0, 3)],
  ['cut off: "a" ends at byte 4', raw(JSON.stringify({ a: scalar }), 3)],
  ['length of a header of up to 4 MB', raw('{}', 0, 2 ** 22 + 1)],
  ['length of a header of up to 4 MB', new Uint8Array(8).fill(255)],
  ['file is gigantic: 257 MB', raw('{}', 2 ** 28)],
  ['not JSON', raw('{')],
  ['not JSON', raw('['.repeat(200_000))],
  ['not a JSON object', raw('[]')],
  ['not a JSON object', raw('null')],
  ['not UTF-8', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 255)],
  [
    'dtype of "a" is "BF16", but only F32',
    raw(JSON.stringify({ a: entry([], [0, 2], 'BF16') }), 2),
  ],
  ['dtype of "a" is not named', raw(JSON.stringify({ a: entry([], [0, 4], [[]]) }), 4)],
  ['not described by an object', raw('{"a":7}')],
  ['"a" has no shape', raw(JSON.stringify({ a: entry('2', [0, 8]) }), 8)],
  ['not a whole number', raw(JSON.stringify({ a: entry([-1], [0, 4]) }), 4)],
  ['not a whole number', raw(JSON.stringify({ a: entry([0.5, 2], [0, 4]) }), 4)],
  ['not a whole number', raw(JSON.stringify({ a: entry(['1'], [0, 4]) }), 4)],
  ['too large to count', raw(JSON.stringify({ a: entry([2 ** 40, 2 ** 40], [0, 4]) }), 4)],
  ['too large to count', raw(JSON.stringify({ a: entry([2 ** 40, 2 ** 40, 0], [0, 0]) }))],
  ['not two whole numbers', raw(JSON.stringify({ a: entry([], [0]) }), 4)],
  ['not two whole numbers', raw(JSON.stringify({ a: entry([], [4, 0]) }), 4)],
  ['not two whole numbers', raw(JSON.stringify({ a: entry([], [-4, 0]) }), 4)],
  ['takes 8 bytes by its shape, but 4', raw(JSON.stringify({ a: entry([2], [0, 4]) }), 4)],
  ['"b" overlaps', raw(JSON.stringify({ a: scalar, b: scalar }), 4)],
  ['"b" leaves a gap', raw(JSON.stringify({ a: scalar, b: entry([], [8, 12]) }), 12)],
  ['"a" leaves a gap', raw(JSON.stringify({ a: entry([], [4, 8]) }), 8)],
  ['4 bytes at the file', raw(JSON.stringify({ a: scalar }), 8)],
  ['metadata are not an object', raw('{"__metadata__":[]}')],
  ['"a" is not a text', raw('{"__metadata__":{"a":1}}')],
  ['called "__proto__"', raw('{"__proto__":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}', 4)],
  ['called "__proto__"', raw('{"__metadata__":{"__proto__":"a"}}')],
])('refused: %s', (reason, bytes) => {
  expect(() => decodeSafetensors(bytes)).toThrow(SafetensorsError);
  expect(() => decodeSafetensors(bytes)).toThrow(reason);
});

test('of a text it is said first that it is no such file', () => {
  const text = new TextEncoder().encode('The weights are in the other file.');
  expect(() => decodeSafetensors(text)).toThrow(/^This is no safetensors file/);
});

test('what could not be read is not written', () => {
  const encode = (key: string, value: NamedTensor) => (): unknown =>
    encodeSafetensors({ tensors: Object.fromEntries([[key, value]]), metadata: {} });
  const data = new Float32Array(2);
  expect(encode('a', { shape: [3], data })).toThrow(/2 values, which don't fill its shape \[3\]/);
  expect(encode('a', { shape: [-2], data })).toThrow(SafetensorsError);
  expect(encode('__metadata__', { shape: [2], data })).toThrow(SafetensorsError);
  expect(encode('__proto__', { shape: [2], data })).toThrow(SafetensorsError);
});

test('any bytes are read or refused, never anything else', () => {
  const readOrRefused = (bytes: Uint8Array): void => {
    try {
      const { tensors } = decodeSafetensors(bytes);
      for (const { shape, data } of Object.values(tensors)) {
        expect(data).toHaveLength(shape.reduce((product, size) => product * size, 1));
      }
    } catch (error) {
      expect(error).toBeInstanceOf(SafetensorsError);
    }
  };
  const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) });
  const cut = fc.double({ min: 0, max: 1, noNaN: true });
  const mutated = fc.property(
    anyFile,
    fc.array(change, { maxLength: 4 }),
    cut,
    (file, changes, keep) => {
      const bytes = encodeSafetensors(file);
      for (const { at, byte } of changes) bytes[Math.floor(at * bytes.length)] = byte;
      readOrRefused(bytes);
      readOrRefused(bytes.subarray(0, Math.ceil(keep * bytes.length)));
    },
  );
  fc.assert(mutated, { numRuns: 1000 });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), readOrRefused));
  const offsets = fc.array(fc.integer({ min: -1, max: 12 }), { maxLength: 3 });
  const field = fc.record({
    dtype: fc.constant('F32'),
    shape: fc.array(fc.nat(3)),
    data_offsets: offsets,
  });
  const headers = fc.dictionary(fc.string(), fc.oneof(field, fc.jsonValue()), { maxKeys: 3 });
  const property = fc.property(headers, fc.nat(12), (header, size) => {
    readOrRefused(raw(JSON.stringify(header), size));
  });
  fc.assert(property, { numRuns: 1000 });
});
