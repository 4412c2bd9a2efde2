import { useEffect, useRef, useState } from 'react';
import { startEngine } from '../../../src/engine/client.ts';
import { useAppStore } from '../../store/context.ts';
import { faultOf } from '../../store/engine/faults.ts';
import { noCheck, runCheck, type Checking } from './checking.ts';

/** The check of this visit to the page, and what starts and stops it. */
export function useCheck(): {
  readonly checking: Checking;
  readonly start: () => void;
  readonly stop: () => void;
} {
  const store = useAppStore();
  const [checking, setChecking] = useState(noCheck);
  const current = useRef<AbortController | null>(null);
  // Who leaves the page no longer wants its engine.
  useEffect(() => () => current.current?.abort(), []);
  const start = (): void => {
    current.current?.abort();
    const mine = new AbortController();
    current.current = mine;
    const change = (news: Partial<Checking>): void => {
      if (current.current === mine) setChecking((old) => ({ ...old, ...news }));
    };
    setChecking({ ...noCheck, busy: true, label: 'Fetching the reference values' });
    const { kernels } = store.getState();
    runCheck({ startEngine, kernels, signal: mine.signal, change })
      .catch((error: unknown) => {
        const { kind, message } = faultOf(error);
        if (kind !== 'cancelled') change({ failure: message });
      })
      .finally(() => {
        change({ busy: false });
      });
  };
  const stop = (): void => {
    current.current?.abort();
  };
  return { checking, start, stop };
}
