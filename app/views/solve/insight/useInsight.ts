import { useCallback, useEffect, useState, type RefObject } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { InspectReport, StepReport } from '../../../../src/engine/protocol/protocol.ts';
import { worstSample } from '../../../charts/series.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { type StepKey, pictureQuestion, stepQuestion } from '../../../store/solve/insightSlice.ts';
import { cursorOn, shownExperiment } from '../../../store/solve/shown.ts';
import type { AppState } from '../../../store/state.ts';
import { useOnScreen } from '../../../ui/useOnScreen.ts';

/** A held arrow key moves on before anything is asked. */
const SETTLE_MILLISECONDS = 150;

/** Where the forward solve stands; pictures are of it whichever solve is on screen. */
export interface ForwardPlace {
  /** The iteration shown. */
  readonly k: number;
  /** The newest one. */
  readonly last: number;
  /** Iteration at which the engine's own count begins: that of the fork, where there was one. */
  readonly start: number;
  /** Whether the solve has ended: there is no step from its newest iteration. */
  readonly ended: boolean;
  /** Row of the batch that is looked at. */
  readonly sample: number;
  /** The chosen token or sample. */
  readonly token: number | null;
}

/** Where the forward solve stands, of a state: of a batch, at its worst sample until one is chosen. */
export function placeOf(state: AppState): ForwardPlace {
  const { pass, records, branch, problem, token, status } = state;
  const last = Math.max(0, records.length - 1);
  const k = pass === 'forward' ? (cursorOn(state) ?? last) : last;
  const batched = (problem?.samples.length ?? 1) > 1;
  const values = records.at(-1)?.rel ?? [];
  // Of a batch, the sample that holds up the others is the one to look at.
  const sample = batched ? (token ?? worstSample(values)) : 0;
  return { k, last, start: branch?.at ?? 0, ended: status !== 'running', sample, token };
}

/** Where the forward solve stands. */
export const useForward = (): ForwardPlace => useApp(useShallow(placeOf));

/** The tolerance of the forward solve, and whether it is one of the relative residual, as the map is. */
export function useTolerance(): { readonly tolerance: number; readonly relative: boolean } {
  const { tolerance, stopMode } = useApp((state) => shownExperiment(state).solver);
  return { tolerance, relative: stopMode === 'rel' };
}

const atRest = ({ activity, fault, engine }: AppState): boolean =>
  activity === 'idle' && fault === null && engine !== 'stopped';

/** Calls `ask` once `due` has held for a moment, anew for each question. */
function useAsk(due: boolean, ask: () => void, question: string): void {
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(ask, SETTLE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [due, ask, question]);
}

/** An answer about the solve on screen, or why there is none. */
export interface Answer<R> {
  readonly report: R | null;
  readonly busy: boolean;
  readonly failure: string | null;
}

/** Iterations of the solve on screen that nobody has looked at, of which solve: the same text while they are the same. */
export function gapsOf({ source, solve, problem, records, observed, branch }: AppState): string {
  if (source === 'recorded' || !problem?.observes) return '';
  const gaps = records.flatMap((_, k) =>
    k < (branch?.at ?? 0) || (observed[k]?.length ?? 0) > 0 ? [] : [k],
  );
  return gaps.length === 0 ? '' : `${String(solve)}: ${gaps.join(' ')}`;
}

/**
 * Has what the states say read out of them while `element` is on screen, and made up for, at rest, where it was not. A gap
 * that stays is not asked for again: there are states that say nothing.
 */
export function useWatching(element: RefObject<Element | null>): void {
  const store = useAppStore();
  const seen = useOnScreen(element);
  useEffect(() => {
    const { watchStates } = store.getState();
    watchStates(seen);
    return () => {
      watchStates(false);
    };
  }, [store, seen]);
  const gaps = useApp(gapsOf);
  const [{ busy, settled }, setAsked] = useState({ busy: false, settled: '' });
  const rests = useApp(atRest);
  const ask = useCallback(() => {
    setAsked({ busy: true, settled: '' });
    const [, iterations = ''] = gaps.split(': ');
    void store
      .getState()
      .observe(iterations.split(' ').map(Number))
      .then((done) => {
        setAsked({ busy: false, settled: done ? gapsOf(store.getState()) : '' });
      });
  }, [store, gaps]);
  useAsk(seen && rests && !busy && gaps !== '' && settled !== gaps, ask, gaps);
}

/** Pictures of the forward solve, asked for whenever it rests while `element` is on screen. */
export function usePictures(element: RefObject<Element | null>): Answer<InspectReport> {
  const store = useAppStore();
  const { sample } = useForward();
  const seen = useOnScreen(element);
  const question = useApp((state) => pictureQuestion(state, sample));
  const { report, settled, busy, failure } = useApp((state) => state.pictures);
  const solve = useApp((state) => state.solve);
  const rests = useApp(atRest);
  const ask = useCallback(() => {
    store.getState().inspect(sample);
  }, [store, sample]);
  useAsk(seen && rests && !busy && settled !== question, ask, question);
  return { report: report?.solve === solve ? report : null, busy, failure };
}

/** What the step from an iteration (of the engine's count) did inside; null asks nothing. */
export function useAnatomy(
  element: RefObject<Element | null>,
  iteration: number | null,
  keep: StepKey = 'anatomy',
): Answer<StepReport> {
  const store = useAppStore();
  const { sample } = useForward();
  const seen = useOnScreen(element);
  const question = useApp((state) => stepQuestion(state, iteration ?? -1, sample));
  const { report, settled, busy, failure } = useApp((state) => state[keep]);
  const rests = useApp(atRest);
  const ask = useCallback(() => {
    if (iteration !== null) store.getState().explain(iteration, sample, keep);
  }, [store, iteration, sample, keep]);
  useAsk(seen && rests && !busy && iteration !== null && settled !== question, ask, question);
  return { report: settled === question ? report : null, busy, failure };
}
