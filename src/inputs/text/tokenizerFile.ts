import { bpeTokenizer, longestToken, pairKey } from './bpe.ts';
import { byteTokenizer } from './byteTokenizer.ts';
import { charTokenizer } from './charTokenizer.ts';
import { maximumSize, unknownText, type Merge, type Tokenizer } from './tokenizerTypes.ts';

const format = 'deq-playground-tokenizer';
const version = 1;

/** UTF-16 units of JSON. The largest tokenizer takes about one million. */
const longestFile = 4_000_000;

/**
 * The tokenizer as JSON, always the same for the same ids. Throws an Error when it has more ids
 * than `loadTokenizer` reads, which takes a text of 65,536 different characters.
 */
export function saveTokenizer(tokenizer: Tokenizer): string {
  if (tokenizer.size > maximumSize) {
    throw new Error(
      `The tokenizer has ${tokenizer.size} entries, and at most ${maximumSize} can be saved. ` +
        'Train one of another kind.',
    );
  }
  const { kind } = tokenizer;
  const head = { format, version, kind };
  switch (kind) {
    case 'char':
      return JSON.stringify({ ...head, characters: tokenizer.vocabulary.slice(1) });
    case 'byte':
      return JSON.stringify(head);
    case 'bpe':
      return JSON.stringify({ ...head, merges: tokenizer.merges ?? [] });
  }
}

/** The tokenizer `saveTokenizer` wrote. Throws an Error that says what is wrong with any other text. */
export function loadTokenizer(json: string): Tokenizer {
  const file = parse(json);
  if (file['format'] !== format) throw unreadable('it does not say that it is a tokenizer');
  if (file['version'] !== version) {
    throw unreadable(`it is of another version than ${version}, the one read here`);
  }
  switch (file['kind']) {
    case 'char':
      return charTokenizer(readCharacters(file['characters']));
    case 'byte':
      return byteTokenizer();
    case 'bpe':
      return bpeTokenizer(readMerges(file['merges']));
    default:
      throw unreadable('its kind is none of char, byte and bpe');
  }
}

function readCharacters(value: unknown): readonly string[] {
  const characters = readList(value, 'characters', maximumSize - 1);
  const seen = new Set<string>([unknownText]);
  return characters.map((character, i) => {
    if (typeof character !== 'string' || Array.from(character).length !== 1) {
      throw unreadable(`entry ${i} of its characters is not one character`);
    }
    if (seen.has(character)) throw unreadable(`entry ${i} of its characters is there already`);
    seen.add(character);
    return character;
  });
}

function readMerges(value: unknown): readonly Merge[] {
  const seen = new Set<number>();
  const lengths = new Array<number>(256).fill(1);
  return readList(value, 'merges', maximumSize - 256).map((merge, i) => {
    const pair: readonly unknown[] = Array.isArray(merge) ? merge : [];
    const [left, right] = pair;
    if (typeof left !== 'number' || typeof right !== 'number' || pair.length !== 2) {
      throw unreadable(`merge ${i} is not a pair of numbers`);
    }
    // An id that was not made before this merge, or is no id at all, has no length.
    const length = (lengths[left] ?? NaN) + (lengths[right] ?? NaN);
    if (Number.isNaN(length)) throw unreadable(`merge ${i} refers to an id that isn't made yet`);
    // Each merge can double a token: unchecked, thirty of them fill the memory.
    if (length > longestToken) throw unreadable(`merge ${i} is longer than ${longestToken} bytes`);
    const key = pairKey(left, right);
    if (seen.has(key)) throw unreadable(`merge ${i} is there already`);
    seen.add(key);
    lengths.push(length);
    return [left, right];
  });
}

function readList(value: unknown, what: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw unreadable(`it has no list of ${what}`);
  if (value.length > most) {
    throw unreadable(`it has ${value.length} ${what}, and at most ${most} are read`);
  }
  return value;
}

function parse(json: string): Readonly<Record<string, unknown>> {
  if (json.length > longestFile) throw unreadable('it is too long');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw unreadable('it is not JSON');
  }
  if (typeof value !== 'object' || value === null) throw unreadable('it is not a JSON object');
  return value as Readonly<Record<string, unknown>>;
}

const unreadable = (reason: string): Error =>
  new Error(`Can't load the tokenizer: ${reason}. Choose a file that DEQ Playground saved.`);
