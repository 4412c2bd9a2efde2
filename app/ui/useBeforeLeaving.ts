import { useEffect, useRef } from 'react';
import { beforeLeaving } from '../store/page/leaving.ts';

/** Has what a control has not handed on yet handed on when it, or the whole page, goes away. */
export function useBeforeLeaving(flush: () => void): void {
  const newest = useRef(flush);
  useEffect(() => {
    newest.current = flush;
  });
  useEffect(() => {
    const forget = beforeLeaving(() => {
      newest.current();
    });
    return () => {
      forget();
      newest.current();
    };
  }, []);
}
