/**
 * An experiment as the fragment of an address:
 *
 *     #/solve?v=1&p=contraction&cell.gain=0.8&solver.method=anderson
 *
 * `v` is the schema's version and `p` the preset; the rest are the values that differ from it,
 * sorted by name. Many or long values travel compressed, as `c`. `hide` names what the page leaves
 * out (`hide.ts`); `embed=1` opens nothing but the picture and what drives it, for a frame. `k=13`
 * opens the Solve view at iteration 13, which the page has to compute first. `lesson=memory` opens
 * that lesson whatever the route, as the route `#/learn/memory` does. `o` is how the sender's solve or
 * training ended (`outcome.ts`).
 */
import { packText, unpackText } from './compression.ts';
import {
  defaultExperiment,
  differences,
  settingAt,
  type Experiment,
  type ParsedExperiment,
} from './experiment.ts';
import { parseExperiment, readExperiment } from './readExperiment.ts';
import type { HideablePart } from './hide.ts';
import { readParts, tidyParts } from './hideParts.ts';
import { isLesson, lessons, type Lesson } from './lessons.ts';
import { mendLink } from './linkRepair.ts';
import { schemaVersion } from './migrations.ts';
import { holdsOwnPicture } from './pictures.ts';
import type { PresetName } from './presets.ts';
import { isRecord, ownNames, ownValue } from './untrusted.ts';
import { isView, type View } from './views.ts';
import { quote } from './wording.ts';

export type { View } from './views.ts';

/** Longest fragment that is written or read, in characters. */
export const linkLimit = 8000;
const readableKeys = 12;
const readableLength = 900;

/** The values of a link, by path. */
type Values = Readonly<Record<string, string | number | boolean>>;

/** How much of the page a link shows; absent means all of it. */
export interface LinkFrame {
  /** Parts it leaves out. */
  readonly hidden?: readonly HideablePart[];
  /** Only the picture and its transport, for a frame in another page. */
  readonly embed?: boolean;
}

/** What a link opens: the set-up, and the training text if its sender chose to include it. */
export interface DecodedLink extends ParsedExperiment, LinkFrame {
  readonly text?: string;
  /** Iteration of the forward solve to show, a whole number from 0; a run may end before it. */
  readonly iteration?: number;
  /** What the sender saw, for `decodeOutcome`; as it came, since it may be anything. */
  readonly outcome?: string;
}

/** All that the page needs to know of a link. */
export interface ParsedLink extends DecodedLink {
  /** The page it asks for; `solve` unless it names another, or a lesson. */
  readonly view: View;
  /** The lesson it opens, or would; the first unless it names another. */
  readonly lesson: Lesson;
}

/** What a link may hold beside the set-up. */
export interface LinkOptions extends LinkFrame {
  /** Default `solve`. */
  readonly view?: View;
  /** The page of the `learn` view; left out, its first. */
  readonly lesson?: Lesson;
  /** Training text to include. */
  readonly text?: string;
  /** Include a picture of the visitor's own. Without, its name alone is in the link, which finds it where it was made. */
  readonly ownPicture?: boolean;
  /** Iteration to open the `solve` view at, from 0; other views leave it out. */
  readonly iteration?: number | undefined;
  /** How it ended for the sender, by `encodeOutcome`; only the `solve` and `train` views have it. */
  readonly outcome?: string | undefined;
}

/** Writes the experiment as a fragment for the view; rejects if it gets too long. */
export async function encodeLink(
  experiment: Experiment,
  { text, ownPicture = false, ...options }: LinkOptions = {},
): Promise<string> {
  // Whatever a caller holds, a link is only made of values that will be read back as they are.
  const valid = parseExperiment(experiment).experiment;
  const paths = differences(valid).sort();
  const values = Object.fromEntries(paths.map((path) => [path, settingAt(valid, path)]));
  const own = ownPicture ? [] : paths.filter((path) => holdsOwnPicture(path, values[path]));
  if (own.length > 0) {
    // Fetched by those alone who have a picture.
    const { keptPictureName } = await import('../inputs/pictures/keptPictureName.ts');
    for (const path of own) values[path] = keptPictureName(String(values[path]));
  }
  if (text === undefined) return writeFragment(valid.preset, values, options);
  const withText = { ...values, [textKey]: text };
  return writeFragment(valid.preset, withText, { ...options, compressed: true });
}

/**
 * The name of a lesson in a fragment, as it stands there: `memory` in `#/learn/memory?v=1`, and in
 * `#/solve?v=1&lesson=memory`, which means the same. The route wins. Null without a name.
 */
function lessonNameIn(delivered: string): string | null {
  const { fragment } = mendLink(delivered);
  const route = /^#?\/?learn\/([^?/]+)/.exec(fragment)?.[1];
  if (route !== undefined) return route;
  const query = /(?:^#?|[?&])(lesson=[^&]*)/.exec(fragment)?.[1];
  return new URLSearchParams(query).get('lesson');
}

/** The lesson a fragment opens; the first unless it names another. */
export function lessonOfLink(fragment: string): Lesson {
  const name = lessonNameIn(fragment);
  return isLesson(name) ? name : lessons[0];
}

/** The page a fragment asks for; `solve` unless it names another, or a lesson. */
export function viewOfLink(fragment: string): View {
  if (isLesson(lessonNameIn(fragment))) return 'learn';
  const name = /^#?\/?(\w+)/.exec(mendLink(fragment).fragment)?.[1] ?? '';
  return isView(name) ? name : 'solve';
}

/** What is to be said of a route that leads nowhere: words without a slash before them may be anything. */
function routeDoubts(fragment: string): readonly string[] {
  const name = /^#?\/([\w-]+)/.exec(fragment)?.[1];
  if (name === undefined || isView(name) || isLesson(lessonNameIn(fragment))) return [];
  return [`There is no page ${quote(name)}; the Solve view is shown.`];
}

/** The fragment for values that differ from a preset, given in the order they are to have. */
export async function writeFragment(
  preset: PresetName,
  values: Values,
  options: Omit<LinkOptions, 'text' | 'ownPicture'> & { readonly compressed?: boolean } = {},
): Promise<string> {
  const { view = 'solve', lesson, compressed = false } = options;
  const route = view === 'learn' && lesson ? `${view}/${lesson}` : view;
  const head = { v: String(schemaVersion), p: preset };
  const texts = Object.entries(values).map(([path, value]) => [path, String(value)]);
  const readable = fragmentOf(route, head, options, Object.fromEntries(texts) as Parameters);
  const short = texts.length <= readableKeys && readable.length <= readableLength;
  if (short && !compressed) return readable;
  const packed = fragmentOf(route, head, options, { c: await packText(JSON.stringify(values)) });
  if (packed.length <= linkLimit) return packed;
  throw new Error(
    `This set-up is too long for a link (${String(packed.length)} of at most ${String(linkLimit)} characters). Shorten its text, make its picture smaller or grey, or save it as a file.`,
  );
}

/**
 * Reads a fragment, with or without its `#`, route and `?`. Never rejects: what can't be used is
 * replaced and listed. Of two values for one setting the first wins, and one in plain sight wins
 * over a compressed one.
 */
export async function decodeLink(delivered: string): Promise<DecodedLink> {
  if (delivered.length > linkLimit) {
    const limit = linkLimit.toLocaleString('en');
    const adjustment = `This link is longer than ${limit} characters, so it was not read; opened the default set-up instead.`;
    return { experiment: defaultExperiment, adjustments: [adjustment] };
  }
  const { fragment, adjustments: mended } = mendLink(delivered);
  const parameters = new URLSearchParams(fragment.replace(routePrefix, ''));
  const { values, adjustments } = await unpackValues(parameters.get('c'));
  const view = viewOfLink(fragment);
  const frame = readFrame(parameters, view);
  const place = readIteration(parameters.get('k'), view);
  const parsed = readExperiment({
    version: parameters.get('v') ?? undefined,
    preset: parameters.get('p') ?? undefined,
    view: view === 'train' ? view : 'solve',
    read: (path) => parameters.get(path) ?? ownValue(values, path),
    unknownNames: (known) => [
      ...[...parameters.keys()].filter((name) => !known.has(name) && !reserved.has(name)),
      ...ownNames(values).filter((name) => !known.has(name) && name !== textKey),
    ],
  });
  const text = ownValue(values, textKey);
  const outcome = parameters.get('o');
  return {
    ...parsed,
    ...frame.shown,
    ...(outcome === null ? {} : { outcome }),
    ...(place.iteration === undefined ? {} : { iteration: place.iteration }),
    adjustments: [
      ...[...mended, ...adjustments, ...parsed.adjustments],
      ...[...frame.adjustments, ...place.adjustments],
      ...[...routeDoubts(fragment), ...lessonDoubts(fragment)],
    ],
    ...(typeof text === 'string' && text !== '' ? { text } : {}),
  };
}

/** Reads a fragment as `decodeLink` does, and where on the page it leads. */
export const parseLink = async (delivered: string): Promise<ParsedLink> => ({
  ...(await decodeLink(delivered)),
  view: viewOfLink(delivered),
  lesson: lessonOfLink(delivered),
});

/** Name of the training text among the compressed values; no field is called that. */
const textKey = 'text';

/** `#`, then `/route?`, `route?` or `?`; a route may also stand alone. */
const routePrefix = /^#?(?:\/[^?]*\??|[\w-]*\?)?/;
const reserved: ReadonlySet<string> = new Set(['v', 'p', 'c', 'k', 'o', 'hide', 'embed', 'lesson']);

type Parameters = Readonly<Record<string, string>>;

function fragmentOf(
  route: string,
  head: Parameters,
  { view = 'solve', hidden: parts = [], embed, iteration, outcome }: LinkOptions,
  values: Parameters,
): string {
  const hidden = tidyParts(parts, view);
  const framing = [
    view === 'solve' && iteration !== undefined && `k=${String(iteration)}`,
    outcome !== undefined && (view === 'solve' || view === 'train') && `o=${outcome}`,
    embed && 'embed=1',
    // By hand: the names need no escaping, and a comma would be escaped for nothing.
    hidden.length > 0 && `hide=${hidden.join(',')}`,
  ];
  const query = [head, values].map((part) => new URLSearchParams(part).toString());
  return `#/${route}?${[query[0], ...framing, query[1]].filter(Boolean).join('&')}`;
}

/** What of the page to show; empty for the whole page, so that plain links read as ever. */
function readFrame(
  parameters: URLSearchParams,
  view: View,
): { readonly shown: LinkFrame; readonly adjustments: readonly string[] } {
  const { hidden, adjustments } = readParts(parameters.get('hide'), view);
  const raw = parameters.get('embed');
  const doubt =
    raw === null || raw === '0' || raw === '1'
      ? []
      : [`“embed” must be 1 or 0, not ${quote(raw)}; the whole page is shown.`];
  return {
    shown: { ...(hidden.length > 0 ? { hidden } : {}), ...(raw === '1' ? { embed: true } : {}) },
    adjustments: [...adjustments, ...doubt],
  };
}

/** A sentence for a lesson that there isn't. */
function lessonDoubts(fragment: string): readonly string[] {
  const name = lessonNameIn(fragment);
  if (name === null || isLesson(name)) return [];
  return [`There is no lesson ${quote(name)}; the lessons are ${lessons.join(', ')}.`];
}

/** The iteration that `k` names, and a sentence where it names none. */
function readIteration(
  raw: string | null,
  view: View,
): { readonly iteration?: number; readonly adjustments: readonly string[] } {
  if (raw === null) return { adjustments: [] };
  if (!/^\d+$/.test(raw)) {
    const doubt = `“k” must be the number of an iteration, 0 or more, not ${quote(raw)}; it was left out.`;
    return { adjustments: [doubt] };
  }
  if (view !== 'solve')
    return { adjustments: ['“k” is an iteration of the Solve view, so it was left out here.'] };
  return { iteration: Math.min(Number(raw), Number.MAX_SAFE_INTEGER), adjustments: [] };
}

async function unpackValues(
  packed: string | null,
): Promise<{ values: unknown; adjustments: readonly string[] }> {
  if (packed === null) return { values: undefined, adjustments: [] };
  const unpacked = await unpackText(packed);
  const values = unpacked.ok ? parseJson(unpacked.text) : undefined;
  if (isRecord(values)) return { values, adjustments: [] };
  const problem = unpacked.ok ? 'does not hold settings' : unpacked.problem;
  const sentence = `The compressed part of this link ${problem}; the settings in it were left out.`;
  return { values: undefined, adjustments: [sentence] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
