import { readTextBytes, textLimit } from '../../../src/families/language/trainingText.ts';
import { formatBytes } from '../../format.ts';
import { faultOf } from '../engine/faults.ts';
import { isSafetensors, MODEL_LIMIT, type Bytes } from '../files.ts';

/** What a file turned out to be, or why it is not taken, in words. */
export type OpenedFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'model'; readonly bytes: Bytes }
  | { readonly kind: 'refused'; readonly what: 'text' | 'model'; readonly problem: string };

/** Reads a file the visitor dropped or chose. Too large ones are refused unread. Never rejects. */
export async function openFile(file: File): Promise<OpenedFile> {
  const { name, size } = file;
  try {
    const model = isSafetensors(name) || (await looksLikeSafetensors(file));
    const what = model ? 'model' : 'text';
    if (size > (model ? MODEL_LIMIT : textLimit)) {
      return { kind: 'refused', what, problem: tooLarge(name, size, model) };
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (model) return { kind: 'model', bytes };
    const read = readTextBytes(bytes, name);
    if ('problem' in read) return { kind: 'refused', what, problem: read.problem };
    return { kind: 'text', text: read.text };
  } catch (error) {
    const problem = `“${name}” could not be read (${faultOf(error).message}). It may have been moved or changed: choose it again.`;
    return { kind: 'refused', what: 'text', problem };
  }
}

/** The file begins with the length of a header, eight bytes, and the header with a brace. */
async function looksLikeSafetensors(file: File): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 9).arrayBuffer());
  if (start.length < 9 || start[8] !== '{'.charCodeAt(0)) return false;
  const header = Number(new DataView(start.buffer).getBigUint64(0, true));
  return header > 0 && header + 8 <= file.size;
}

const tooLarge = (name: string, size: number, model: boolean): string =>
  model
    ? `“${name}” has ${formatBytes(size)}; model files of up to ${formatBytes(MODEL_LIMIT)} can be opened here.`
    : `“${name}” has ${formatBytes(size)}; at most ${formatBytes(textLimit)} can be trained on here. Cut a part out of it.`;
