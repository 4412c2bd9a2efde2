/** The visitor's newest pictures, kept in this browser so that an address that only names one finds it again. */
import { isKeptPicture, isOwnPicture } from '../../../src/inputs/pictures/marks.ts';
import { keptPictureName } from '../../../src/inputs/pictures/keptPictureName.ts';
import { presetExperiment, settingAt } from '../../../src/schema/experiment.ts';
import { withSetting } from '../../../src/schema/fields.ts';
import type { ParsedLink } from '../../../src/schema/link.ts';
import { picturePaths } from '../../../src/schema/pictures.ts';
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

/** Said of a link whose picture stayed with its sender. */
const FOREIGN_PICTURE =
  'The sender’s picture is not in this link: one of the page’s is in its place.';

/** The link with the pictures that it names, where they are kept here; else with those of its preset. */
export function withKeptPictures(link: ParsedLink): ParsedLink {
  let { experiment, adjustments } = link;
  for (const path of picturePaths) {
    const name = String(settingAt(experiment, path));
    if (!isKeptPicture(name)) continue;
    const found = keptPicture(name);
    const instead = settingAt(presetExperiment(experiment.preset), path);
    experiment = withSetting(experiment, path, found ?? instead);
    if (found === undefined) adjustments = [...adjustments, FOREIGN_PICTURE];
  }
  return { ...link, experiment, adjustments };
}
