import { readingOf } from '../../../src/families/settings.ts';
import { shallow } from 'zustand/shallow';
import { readText } from '../../../src/families/language/trainingText.ts';
import { formatCharacters } from '../../format.ts';
import { faultOf } from '../engine/faults.ts';
import { beforeLeaving } from '../page/leaving.ts';
import { isBusy, type TrainAccess, type Corpus, type TrainSlice } from './types.ts';
import { corpusKey } from './settings.ts';
import { setAside, takeLastWord, writeLastWord, type FoundText } from './texts.ts';
import type { DataReport, Progress } from '../../../src/engine/protocol/protocol.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';

/** The text, kept in this browser, and its reading by the engine. */
export interface CorpusPart extends Pick<
  TrainSlice,
  'setTrainingText' | 'bringBackText' | 'readCorpus' | 'ownTextLoaded'
> {
  /** Takes over what the engine said of a run's text, if that is the text on screen. */
  readonly take: (experiment: Experiment, report: DataReport) => void;
  readonly update: (change: Partial<Corpus>) => void;
  readonly onProgress: (news: Progress) => void;
}

/** Pause after the last change before the text is read anew. */
const SETTLE_MILLISECONDS = 400;

/** No text of the visitor's yet; the kept one, if any, comes later. */
export function createCorpus(
  access: TrainAccess,
  textOf: (experiment: Experiment) => Promise<FoundText>,
  onError: (error: unknown) => string | null,
): CorpusPart {
  const { get, set, lane, shelf } = access;
  let shown = false;
  /** Goes up with each change of the own text. */
  let version = 0;
  /** What was last asked for, or read. */
  let asked = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keeping: ReturnType<typeof setTimeout> | undefined;
  /** Whether the problem on screen is one of reading, which the next reading may mend. */
  let unread = false;

  const update = (change: Partial<Corpus>): void => {
    set({ corpus: { ...get().corpus, ...change } });
  };
  const key = (): string => corpusKey(get().experiment, version);

  /** Says how far the text has been read, by a run that is prepared or for the card. */
  const onProgress = ({ label, done, total }: Progress): void => {
    if (get().corpus.reading) update({ reading: { label, done, total } });
  };
  const read = async (mine: string): Promise<void> => {
    const wanted = (): boolean => mine === asked && !isBusy(get().runPhase);
    if (!wanted()) {
      asked = '';
      return;
    }
    const { experiment } = get();
    update({ reading: { label: readingOf(experiment.problem.family), done: 0, total: 0 } });
    try {
      const found = await textOf(experiment);
      if ('problem' in found) throw new Error(found.problem);
      const report = await lane.ask('corpus', (engine) =>
        wanted()
          ? engine.with({ onProgress }).openData(experiment, found.text)
          : Promise.resolve(null),
      );
      if (mine === asked && report) update({ report, ...(unread ? { problem: null } : {}) });
      if (!report && mine === asked) asked = '';
    } catch (error) {
      if (mine !== asked) return;
      const cancelled = faultOf(error).kind === 'cancelled';
      if (cancelled) asked = '';
      else {
        const problem = onError(error);
        unread = problem !== null;
        update({ problem });
      }
    }
    if (mine === asked || asked === '') update({ reading: null });
  };
  const schedule = (): void => {
    if (isBusy(get().runPhase)) return;
    const mine = key();
    if (mine === asked) return;
    asked = mine;
    lane.interrupt('corpus');
    if (get().corpus.report) update({ report: null });
    clearTimeout(timer);
    timer = setTimeout(() => void read(mine), SETTLE_MILLISECONDS);
  };

  /** The text as this tab last read or wrote it: another one on the shelf is another tab's. */
  let known = '';
  const write = (): void => {
    clearTimeout(keeping);
    keeping = undefined;
    const { own, aside } = get().corpus;
    const before = known;
    known = own;
    shelf.keepOwnText({ text: own, aside, known: before }).then(
      (kept) => {
        if (kept.length !== get().corpus.aside.length) update({ aside: kept });
      },
      (error: unknown) => {
        const problem = `The text could not be kept in this browser (${faultOf(error).message}): after a reload it has to be pasted again.`;
        update({ problem });
      },
    );
  };
  const keep = (): void => {
    clearTimeout(keeping);
    keeping = setTimeout(write, SETTLE_MILLISECONDS);
  };
  beforeLeaving(() => {
    if (keeping === undefined) return;
    // The database may not get to it any more; this is done at once.
    writeLastWord(get().corpus.own);
    write();
  });

  const load = async (): Promise<void> => {
    const last = takeLastWord();
    try {
      const { text, aside } = await shelf.ownText();
      known = text;
      const { own } = get().corpus;
      const newest = own !== '' ? own : (last ?? text);
      const others = [last ?? '', text].filter((one) => one !== newest);
      const all = setAside(get().corpus.aside, ...aside, ...others).filter((one) => one !== newest);
      if (newest === own && all.length === 0) return;
      version++;
      update({ own: newest, aside: all });
      if (newest !== text) keep();
    } catch {
      // That the browser gives no storage is said once, by the list of checkpoints.
      if (last !== null && get().corpus.own === '') update({ own: last });
    }
  };
  const loading = load();
  const take = (own: string, aside: readonly string[]): void => {
    version++;
    update({ own, aside, problem: null });
    get().change('data.source', 'own');
    keep();
  };

  access.subscribe(
    ({ view, experiment, runPhase, corpus }) => [view, experiment, runPhase, corpus],
    () => {
      if (shown && get().view === 'train') schedule();
    },
    { equalityFn: shallow },
  );
  return {
    update,
    onProgress,
    setTrainingText: (raw, instead = false) => {
      const result = readText(raw);
      unread = false;
      if ('problem' in result) {
        const { own } = get().corpus;
        const kept = own
          ? ` Until then the text before it stays in use, ${formatCharacters(own)}.`
          : '';
        update({ problem: `${result.problem}${kept}` });
        return;
      }
      const { own, aside } = get().corpus;
      const others = instead ? setAside(aside, own) : aside;
      take(
        result.text,
        others.filter((one) => one !== result.text),
      );
    },
    bringBackText: () => {
      const { own, aside } = get().corpus;
      const [newest, ...others] = aside;
      if (newest !== undefined) take(newest, setAside(others, own));
    },
    readCorpus: () => {
      shown = true;
      if (get().corpus.problem !== null && unread) asked = '';
      schedule();
    },
    ownTextLoaded: async () => {
      await loading;
      return get().corpus.own;
    },
    take: (experiment, report) => {
      const { corpus } = get();
      if (corpusKey(experiment, version) !== key()) return;
      asked = key();
      clearTimeout(timer);
      set({ corpus: { ...corpus, report, reading: null, ...(unread ? { problem: null } : {}) } });
    },
  };
}
