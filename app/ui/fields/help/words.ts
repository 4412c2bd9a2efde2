/**
 * What the settings' help says, by number, in a build: `scripts/lateHelp.mjs` puts the texts here and leaves
 * numbers where they are written. Empty elsewhere, where every setting has its own.
 */
const words: readonly string[] = [];

export default words;
