/** Names that are easy to say and to tell apart: a run is called something before its owner calls it anything. */

const adjectives = [
  ...['able', 'agile', 'amber', 'ample', 'apt', 'azure', 'bold', 'brave', 'brief', 'bright'],
  ...['brisk', 'calm', 'candid', 'clear', 'clever', 'cosy', 'crisp', 'daring', 'deep', 'eager'],
  ...['early', 'even', 'exact', 'fair', 'fine', 'firm', 'fleet', 'fluent', 'fond', 'fresh'],
  ...['gentle', 'golden', 'grand', 'green', 'hardy', 'honest', 'humble', 'keen', 'kind', 'lasting'],
  ...['light', 'lively', 'lucid', 'lucky', 'mellow', 'merry', 'mild', 'modest', 'neat', 'nimble'],
  ...['noble', 'open', 'patient', 'placid', 'plain', 'polite', 'prompt', 'proud', 'pure', 'quick'],
  ...['quiet', 'rapid', 'ready', 'robust', 'round', 'royal', 'serene', 'sharp', 'silver', 'simple'],
  ...[
    'sincere',
    'sleek',
    'smooth',
    'snug',
    'solid',
    'spare',
    'still',
    'strong',
    'sturdy',
    'stately',
  ],
  ...['subtle', 'sunny', 'supple', 'sure', 'swift', 'tall', 'tender', 'tidy', 'trim', 'true'],
  ...['upright', 'vast', 'vivid', 'warm', 'wide', 'wise', 'witty', 'young', 'zealous', 'zesty'],
] as const;

const nouns = [
  ...['acorn', 'alder', 'anchor', 'apple', 'arbour', 'ash', 'badger', 'bay', 'beacon', 'beech'],
  ...[
    'birch',
    'bridge',
    'brook',
    'canyon',
    'cedar',
    'clover',
    'cloud',
    'comet',
    'compass',
    'coral',
  ],
  ...['crane', 'creek', 'dune', 'eagle', 'elm', 'ember', 'falcon', 'fern', 'finch', 'fjord'],
  ...['forest', 'fox', 'garden', 'glacier', 'grove', 'gull', 'harbour', 'hare', 'hawk', 'hazel'],
  ...['heath', 'heron', 'hill', 'inlet', 'iris', 'island', 'ivy', 'juniper', 'kite', 'lagoon'],
  ...['lake', 'lantern', 'lark', 'laurel', 'lily', 'linden', 'lynx', 'maple', 'marsh', 'meadow'],
  ...['mesa', 'moon', 'moss', 'oak', 'ocean', 'orchard', 'otter', 'owl', 'pebble', 'pine'],
  ...['plover', 'pond', 'poplar', 'prairie', 'quarry', 'quartz', 'rain', 'raven', 'reef', 'ridge'],
  ...['river', 'robin', 'rowan', 'sail', 'sparrow', 'spring', 'spruce', 'star', 'stone', 'stream'],
  ...['summit', 'swan', 'thistle', 'tide', 'trail', 'valley', 'willow', 'wind', 'wren', 'yew'],
] as const;

/** Ten thousand names: with 200 runs a fresh one is soon found. */
export const nameCount = adjectives.length * nouns.length;

/** The name at a place among all of them; places beyond the end begin anew. */
export function nameAt(place: number): string {
  const at = Math.floor(Math.abs(place)) % nameCount;
  const adjective = adjectives[at % adjectives.length] ?? '';
  const noun = nouns[Math.floor(at / adjectives.length)] ?? '';
  return `${adjective}-${noun}`;
}

/** A name, "calm-river", that none of those has. `random` in [0, 1) chooses; when all are taken, a number is added. */
export function freshName(taken: ReadonlySet<string>, random: () => number = Math.random): string {
  const start = Math.floor(random() * nameCount);
  for (let step = 0; step < nameCount; step++) {
    const name = nameAt(start + step);
    if (!taken.has(name)) return name;
  }
  for (let number = 2; ; number++) {
    const name = `${nameAt(start)}-${String(number)}`;
    if (!taken.has(name)) return name;
  }
}
