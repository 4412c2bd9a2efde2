/** Makes the cells of a sweep that have no run yet, one after the other, in an engine of their own. */
import type { Fault, TrainingText } from '../../../src/engine/protocol/protocol.ts';
import type { RunHead, RunRecord } from '../../../src/runs/run.ts';
import {
  cellKey,
  cellName,
  cellWords,
  countCells,
  missingCells,
  type Sweep,
  type SweepCell,
} from '../../../src/runs/sweep.ts';
import { faultOf } from '../engine/faults.ts';
import { outlives } from '../engine/restarts.ts';
import type { StartEngine } from '../engine/lane.ts';
import { rested } from '../engine/rested.ts';
import { fetchOwnFile, type Bytes } from '../files.ts';
import { hashOfText } from '../runs/hash.ts';
import { fileOfWeights, openOwnEngine, type OwnEngine } from '../runs/ownEngine.ts';
import { runsOf } from '../runs/runs.ts';
import { solveRun } from '../runs/solveRun.ts';
import { trainingRun } from '../runs/trainingRun.ts';
import type { AppStore } from '../store.ts';
import { createTexts } from '../train/texts.ts';
import { trainCell } from './trainCell.ts';

/** Records of a training that a cell's run keeps: enough for a small chart. */
const MOST_RECORDS = 200;

/** How far a sweep is. */
export interface SweepNews {
  /** Cells that have been made, or could not be. */
  readonly done: number;
  /** Cells that there are to make, those that no set-up fits apart. */
  readonly total: number;
  /** What is being done. */
  readonly label: string;
  /** The cell it is at; null between cells. */
  readonly cell: readonly number[] | null;
  /** Milliseconds to the end at the pace so far; null before a cell was made. */
  readonly left: number | null;
  /** Milliseconds that a cell took so far, on average; null before one was made. */
  readonly pace: number | null;
}

/** What the loop is given. */
export interface SweepOptions {
  readonly startEngine: StartEngine;
  /** Ends it at once; what was made stays. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onNews: (news: SweepNews) => void;
  /** A cell could not be made though its set-up is valid; the sweep goes on. */
  readonly onFailure: (cell: SweepCell, fault: Fault) => void;
}

/** Resolves when every cell was tried; rejects, in words, with what keeps it from going on, or as cancelled. */
export async function runSweep(
  store: AppStore,
  sweep: Sweep,
  { startEngine, signal, now, onNews, onFailure }: SweepOptions,
): Promise<void> {
  const runs = runsOf(store);
  await runs.ready();
  const left = missingCells(sweep, runs.heads);
  const { done: before, total } = countCells(sweep, runs.heads);
  let done = before;
  let spent = 0;
  let made = 0;
  const say = (label: string, cell: SweepCell | null = null): void => {
    if (signal.aborted) return;
    const pace = made === 0 ? null : spent / made;
    onNews({
      ...{ done, total, label, cell: cell?.place ?? null, pace },
      left: pace === null ? null : pace * (total - done),
    });
  };
  const [first] = left;
  if (!first) return;
  const rest = (): Promise<void> =>
    rested({ get: store.getState, subscribe: store.subscribe }, signal);
  say('Waiting for the solve to rest');
  await rest();
  const given = await givenOf(store, sweep);
  signal.throwIfAborted();
  const engine = openOwnEngine(store, startEngine, signal);
  try {
    say('Starting an engine');
    await engine.start();
    if (sweep.work === 'solve') {
      // The first solve of an engine waits for the compiler: none of the cells' times should.
      say('Warming up');
      await engine.solve(first.experiment, given.file).catch((error: unknown) => {
        if (!outlives(faultOf(error))) throw error;
      });
    }
    for (const cell of left) {
      // What the visitor solves goes first, and nothing is timed beside it.
      await rest();
      signal.throwIfAborted();
      const words = cellWords(sweep, cell);
      say(words, cell);
      const began = now();
      try {
        const make = await makeCell(engine, sweep, cell, given, (step) => {
          say(`${words}: step ${String(step)} of ${String(cell.experiment.train.steps)}`, cell);
        });
        signal.throwIfAborted();
        await runs.keep((heads) => asCell(sweep, cell, make(heads)));
      } catch (error) {
        const fault = faultOf(error);
        if (signal.aborted || !outlives(fault)) throw error;
        onFailure(cell, fault);
      }
      spent += now() - began;
      made++;
      done++;
    }
    say('Done');
  } finally {
    engine.close();
  }
}

/** What cells are made with beside their set-ups. */
interface Given {
  readonly file: Bytes | undefined;
  readonly text: TrainingText;
}

async function givenOf(store: AppStore, sweep: Sweep): Promise<Given> {
  const { base, work, weightsHash, textHash } = sweep;
  if (work === 'solve') {
    const hash = weightsHash === undefined ? {} : { hash: weightsHash };
    return { file: await fileOfWeights(store, base, hash), text: undefined };
  }
  const own = await store.getState().ownTextLoaded();
  const found = await createTexts({
    fetchFile: fetchOwnFile,
    own: () => own,
  })(base);
  if ('problem' in found) throw new Error(found.problem);
  if (textHash !== undefined && (await hashOfText(found.text)) !== textHash) {
    throw new Error(
      'it learns from a text of yours that is another now. Bring that text back in the Train view, or begin a sweep anew.',
    );
  }
  return { file: undefined, text: found.text };
}

async function makeCell(
  engine: OwnEngine,
  sweep: Sweep,
  { experiment }: SweepCell,
  { file, text }: Given,
  onStep: (step: number) => void,
): Promise<(heads: readonly RunHead[]) => RunRecord> {
  if (sweep.work === 'solve') {
    const { weightsHash } = sweep;
    const ended = await engine.solve(experiment, file);
    return (heads) => solveRun({ ...ended, weightsHash }, heads);
  }
  const { textHash } = sweep;
  const seen = await trainCell(engine, experiment, text, onStep);
  return (heads) => trainingRun({ ...seen, textHash }, heads, MOST_RECORDS);
}

/** The run as a cell’s: under the sweep's name, and without checkpoints to go on from. */
function asCell(sweep: Sweep, cell: SweepCell, { head, trace }: RunRecord): RunRecord {
  const { id } = sweep;
  const named = { ...head, name: cellName(sweep, cell), sweep: { id, cell: cell.place } };
  delete named.training;
  return { head: named, trace };
}

/** Names a cell's failure. */
export const failureOf = (cell: SweepCell, { message }: Fault): readonly [string, string] => [
  cellKey(cell.place),
  message,
];
