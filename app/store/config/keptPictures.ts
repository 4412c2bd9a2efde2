/** The visitor's newest pictures, kept in this browser so that an address that only names one finds it again. */
import { isOwnPicture, keptPictureName } from '../../../src/inputs/pictures/pictureCode.ts';
import { readStored, writeStored } from '../../stored.ts';

const KEY = 'deq-pictures';
/** A dozen of the largest are under 200 kB. */
const MOST = 12;

function all(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(readStored(KEY) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((one) => typeof one === 'string').filter(isOwnPicture)
      : [];
  } catch {
    return [];
  }
}

/** Keeps these pictures, the newest first; the oldest beyond a dozen go. */
export function keepPictures(codes: readonly string[]): void {
  const before = all();
  if (codes.every((code, i) => before[i] === code)) return;
  const kept = [...codes, ...before.filter((code) => !codes.includes(code))].slice(0, MOST);
  writeStored(KEY, JSON.stringify(kept));
}

/** The picture of that name; undefined where it is not kept here. */
export const keptPicture = (name: string): string | undefined =>
  all().find((code) => keptPictureName(code) === name);
