/** What a picture file says of itself before it is decoded: a photograph can be larger than a tab's memory. */

/** The head of a picture file. */
export interface PictureHeader {
  /** `JPEG`, `PNG` and so on; undefined for what is none of them. */
  readonly kind?: 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'BMP' | 'AVIF' | 'HEIC';
  /** In pixels, where the head says it. */
  readonly width?: number;
  readonly height?: number;
  /** It has more than one frame, as far as its beginning tells. */
  readonly animated?: boolean;
}

/** Bytes from the beginning of a file that `readPictureHeader` wants. A JPEG may begin with a preview and a colour profile. */
export const headerBytes = 512 * 1024;

/** Reads the beginning of a file. Never throws. */
export function readPictureHeader(bytes: Uint8Array<ArrayBuffer>): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const text = (at: number, length: number): string =>
      String.fromCharCode(...bytes.subarray(at, at + length));
    if (text(0, 3) === '\xff\xd8\xff') return { kind: 'JPEG', ...jpegSize(view) };
    if (text(0, 8) === '\x89PNG\r\n\x1a\n')
      return {
        ...{ kind: 'PNG', width: view.getUint32(16), height: view.getUint32(20) },
        animated: has(bytes, 'acTL'),
      };
    if (text(0, 4) === 'GIF8')
      return {
        ...{ kind: 'GIF', width: view.getUint16(6, true), height: view.getUint16(8, true) },
        animated: framesOfGif(bytes) > 1,
      };
    if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return { kind: 'WebP', ...webp(view) };
    if (text(0, 2) === 'BM' && bytes.length > 26)
      return {
        ...{ kind: 'BMP', width: Math.abs(view.getInt32(18, true)) },
        height: Math.abs(view.getInt32(22, true)),
      };
    if (text(4, 4) === 'ftyp') return boxes(view, text(8, 4));
  } catch (error) {
    // It ends within its head.
    if (!(error instanceof RangeError)) throw error;
  }
  return {};
}

type Size = Pick<PictureHeader, 'width' | 'height'>;

/** The first frame header among a JPEG's segments. */
function jpegSize(view: DataView): Size {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return {};
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return {};
}

function webp(view: DataView): Size & { readonly animated?: boolean } {
  const chunk = view.getUint32(12);
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  // VP8X
  if (chunk === 0x56503858)
    return {
      ...{ width: 1 + three(24), height: 1 + three(27) },
      animated: (view.getUint8(20) & 2) !== 0,
    };
  // VP8L
  if (chunk === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** AVIF and HEIC: the largest of the images in the file, which may be made of tiles. */
function boxes(view: DataView, brand: string): PictureHeader {
  const kind = brand.startsWith('avi') ? 'AVIF' : 'HEIC';
  let best: Size = {};
  // ispe
  for (let at = 8; at + 16 <= Math.min(view.byteLength, 65_536); at++)
    if (view.getUint32(at) === 0x69737065) {
      const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
      if (size.width * size.height > (best.width ?? 0) * (best.height ?? 0)) best = size;
    }
  return { kind, ...best, animated: brand === 'avis' };
}

/** Whether four letters stand among the first bytes. */
function has(bytes: Uint8Array, letters: string): boolean {
  const end = Math.min(bytes.length, 4096);
  for (let at = 0; at + 4 <= end; at++)
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) === letters) return true;
  return false;
}

/** Graphic control extensions, one before each frame of an animation. */
function framesOfGif(bytes: Uint8Array): number {
  let frames = 0;
  for (let at = 13; at + 8 <= bytes.length && frames < 2; at++)
    if (bytes[at] === 0x21 && bytes[at + 1] === 0xf9 && bytes[at + 2] === 4 && bytes[at + 7] === 0)
      frames++;
  return frames;
}
