/**
 * Imported by whoever needs all presets of the family that the page begins with, and what its settings of training say, but no
 * other family: a build has them come with this module. Everywhere else they are there from the start, as in `whole.ts`.
 */
export {};
