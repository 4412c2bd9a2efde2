/** The visitor's newest pictures, kept in this browser so that an address that only names one finds it again. */
import { builtIns } from '../../../src/inputs/pictures/builtIns.ts';
import { isKeptPicture, isOwnPicture } from '../../../src/inputs/pictures/marks.ts';
import { decodePicture } from '../../../src/inputs/pictures/pictureCode.ts';
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

/** Why a link's picture is not there to be opened; undefined where it is. */
function lacks(code: string): string | undefined {
  if (isKeptPicture(code))
    return keptPicture(code) === undefined
      ? 'The sender’s picture is not in this link: one of the page’s is in its place.'
      : undefined;
  const { problem, builtIn } = decodePicture(code);
  if (problem !== undefined)
    return 'The picture in this link is damaged or was cut off: one of the page’s is in its place.';
  return builtIn === undefined || builtIns.some(({ name }) => name === builtIn.name)
    ? undefined
    : `There is no picture named “${builtIn.name}” here: one of the page’s is in its place.`;
}

/** The link with the pictures that it names, where they are kept here; with those of its preset where it has none that can be read. */
export function withItsPictures(link: ParsedLink): ParsedLink {
  let { experiment, adjustments } = link;
  for (const path of picturePaths) {
    const code = String(settingAt(experiment, path));
    const lack = lacks(code);
    const instead = settingAt(presetExperiment(experiment.preset), path);
    experiment = withSetting(
      experiment,
      path,
      lack === undefined ? (keptPicture(code) ?? code) : instead,
    );
    if (lack !== undefined) adjustments = [...adjustments, lack];
  }
  return { ...link, experiment, adjustments };
}
