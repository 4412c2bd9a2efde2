import { useEffect, useState } from 'react';
import type { RunAxis, RunHead, RunTrace } from '../../../src/runs/run.ts';
import { useAppStore } from '../../store/context.ts';
import { faultOf } from '../../store/engine/faults.ts';
import { runsOf } from '../../store/runs/runs.ts';
import type { Member } from './groups.ts';
import { MOST_POINTS, runLine, type RunLine } from './points.ts';

/** A run's numbers, or why they can't be had. */
export type Loaded = { readonly trace: RunTrace } | { readonly problem: string };

/** Of a training that goes on, each saving is another trace. */
const keyOf = ({ id, savedAt }: RunHead): string => `${id} ${String(savedAt)}`;

/** The numbers of those runs, by id; runs whose numbers are still being read have none. */
export function useTraces(heads: readonly RunHead[]): ReadonlyMap<string, Loaded> {
  const store = useAppStore();
  const [loaded, setLoaded] = useState<ReadonlyMap<string, Loaded>>(new Map());
  const wanted = heads.map(keyOf).join('\n');
  useEffect(() => {
    let gone = false;
    const runs = runsOf(store);
    const missing = heads.filter((head) => !loaded.has(keyOf(head)));
    if (missing.length === 0) return;
    void Promise.all(
      missing.map(async (head): Promise<[string, Loaded]> => {
        try {
          return [keyOf(head), { trace: await runs.loadTrace(head.id) }];
        } catch (error) {
          return [keyOf(head), { problem: faultOf(error).message }];
        }
      }),
    ).then((read) => {
      if (gone) return;
      setLoaded((before) => {
        const kept = [...before].filter(([key]) => heads.some((head) => keyOf(head) === key));
        return new Map([...kept, ...read]);
      });
    });
    return () => {
      gone = true;
    };
    // What is wanted says it all: heads are new objects at every change of the store.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store, wanted]);
  const byId = heads.flatMap((head): [string, Loaded][] => {
    const one = loaded.get(keyOf(head));
    return one ? [[head.id, one]] : [];
  });
  return new Map(byId);
}

/** A run in the background. */
export interface GreyLine {
  readonly head: RunHead;
  readonly line: RunLine;
}

/** Thinned curves of runs in the background; their traces are let go. */
const greyLines = new Map<string, RunLine>();
/** So many are read before what has come is drawn. */
const AT_ONCE = 8;

/** Curves to draw behind the others, read when everything else is there. */
export function useGreyLines(
  members: readonly Member[],
  axis: RunAxis,
  ready: boolean,
): readonly GreyLine[] {
  const store = useAppStore();
  const [, setRead] = useState(0);
  const keys = members.map(({ head, curve }) => `${keyOf(head)} ${curve.name} ${axis}`);
  const wanted = keys.join('\n');
  useEffect(() => {
    if (!ready) return;
    let gone = false;
    const read = async (): Promise<void> => {
      let fresh = 0;
      for (const [index, { head, curve }] of members.entries()) {
        const key = keys[index];
        if (key === undefined || greyLines.has(key)) continue;
        try {
          const trace = await runsOf(store).loadTrace(head.id);
          greyLines.set(key, runLine(curve, trace, axis, MOST_POINTS.grey));
        } catch {
          // It was deleted meanwhile: the list will say so. Made visible it would tell.
          continue;
        }
        if (gone) return;
        fresh++;
        if (fresh % AT_ONCE === 0) {
          setRead(fresh);
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
      }
      if (!gone && fresh > 0) setRead(-fresh);
    };
    const timer = setTimeout(() => void read(), 150);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
    // As above.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store, wanted, ready]);
  return members.flatMap(({ head }, index): GreyLine[] => {
    const line = greyLines.get(keys[index] ?? '');
    return line && line.points.x.length > 0 ? [{ head, line }] : [];
  });
}
