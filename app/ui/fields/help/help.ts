import { useSyncExternalStore } from 'react';

let words: readonly string[] = [];
const readers = new Set<() => void>();

/** A setting's help in words, of which a build has left a number; empty as long as they are not there. */
export function helpText(help: string, from: readonly string[]): string {
  const number = /^§(\d+)$/.exec(help)?.[1];
  return number === undefined ? help : (from[Number(number)] ?? '');
}

/** Has all settings say their help, for those who have it read out. An explanation that is opened brings the words by itself. */
export function giveHelp(all: readonly string[]): void {
  words = all;
  for (const read of readers) read();
}

/** A setting's help, as soon as its words are there. */
export const useHelp = (help: string): string =>
  helpText(help, useSyncExternalStore(subscribe, present, present));

const present = (): readonly string[] => words;

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => readers.delete(read);
}
