/**
 * Imported by whoever needs presets and families beyond the one that the page begins with, for whatever it does with them.
 * A build has their tables come with this module, and has titles and defaults alone before (`scripts/lateTables.mjs`). Everywhere
 * else they are whole from the start, and this is nothing. For the first family alone there is `first.ts`.
 */
import './first.ts';
