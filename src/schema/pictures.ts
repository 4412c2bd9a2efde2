/** Settings that hold a picture: what of them is the visitor's own is theirs to give away. */
import { isOwnPicture } from '../inputs/pictures/marks.ts';
import { fieldPaths, findField, settingAt, type FieldPath, type Settings } from './fields.ts';

/** Paths of the settings that hold a picture. */
export const picturePaths: readonly FieldPath[] = fieldPaths.filter((path) => {
  const field = findField(path);
  return field?.control === 'text' && field.picture === true;
});

/** Whether a setting's value is a picture of the visitor's own. */
export const holdsOwnPicture = (path: FieldPath, value: unknown): boolean =>
  picturePaths.includes(path) && typeof value === 'string' && isOwnPicture(value);

/** The pictures of the visitor's own in a set-up, as the texts of their settings. */
export const ownPicturesIn = (settings: Settings): readonly string[] =>
  picturePaths.map((path) => String(settingAt(settings, path))).filter(isOwnPicture);

/** Whether a set-up has another picture than `usual`: it may be kept by whoever made it, cut off, or none there is. */
export const hasAnotherPicture = (settings: Settings, usual: Settings): boolean =>
  picturePaths.some((path) => settingAt(settings, path) !== settingAt(usual, path));
