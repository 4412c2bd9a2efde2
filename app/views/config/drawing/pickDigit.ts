import { digitsFile, readDigits } from '../../../../src/inputs/digits.ts';
import { fetchOwnFile, readOnce } from '../../../store/files.ts';

/** The digits, fetched when the first one is picked. */
const digits = readOnce(() => fetchOwnFile(digitsFile).then(readDigits));

/** One of the digits that were held out of training, at random. Rejects in words where they can't be had. */
export async function pickDigit(): Promise<{
  readonly pixels: Float32Array;
  readonly label: number;
}> {
  const all = await digits().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The digits could not be loaded (${why}). Press the button again to retry.`);
  });
  const index = all.heldOut[Math.floor(Math.random() * all.heldOut.length)] ?? 0;
  return { pixels: all.pixels(index), label: all.label(index) };
}
