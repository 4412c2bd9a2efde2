/**
 * What the settings' help and the presets' claims say of all that the page does not begin with, by number, in a build; see
 * `words.ts`.
 */
const familyWords: readonly string[] = [];

export default familyWords;
