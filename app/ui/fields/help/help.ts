import { useSyncExternalStore } from 'react';

/** Words by number: those of the settings that all have and of the first family, and those of the other families. */
export interface Words {
  readonly general: readonly string[];
  readonly families: readonly string[];
}

let words: Words = { general: [], families: [] };
const readers = new Set<() => void>();

/** A text in words, of which a build has left a number; empty as long as they are not there. */
export function helpText(help: string, from: Words): string {
  const [, sign, number] = /^([§‡])(\d+)$/.exec(help) ?? [];
  if (sign === undefined) return help;
  return (sign === '§' ? from.general : from.families)[Number(number)] ?? '';
}

/** Has all settings say their help, for those who have it read out. An explanation that is opened brings the words by itself. */
export function giveHelp(more: Partial<Words>): void {
  words = { ...words, ...more };
  for (const read of readers) read();
}

/** A setting's help or a preset's claim, as soon as its words are there. */
export const useHelp = (help: string): string =>
  helpText(help, useSyncExternalStore(subscribe, present, present));

const present = (): Words => words;

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => readers.delete(read);
}
