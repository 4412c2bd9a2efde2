import type { AppStore } from '../store.ts';

/** The part of a browser that can keep the screen on; `navigator` and `document` are one. */
export interface Wakeful {
  readonly navigator: { readonly wakeLock?: Pick<WakeLock, 'request'> };
  readonly document: {
    readonly visibilityState: DocumentVisibilityState;
    readonly addEventListener: (type: 'visibilitychange', listener: () => void) => void;
    readonly removeEventListener: (type: 'visibilitychange', listener: () => void) => void;
  };
}

/**
 * Keeps the device awake while a run goes on. Where the browser refuses (battery saver, an
 * insecure page) training goes on all the same, only slower once the device sleeps.
 */
export function stayAwake(store: AppStore, browser: Wakeful = window): () => void {
  const { navigator, document } = browser;
  let lock: Promise<WakeLockSentinel | null> | null = null;
  const letGo = (): void => {
    void lock?.then((sentinel) => sentinel?.release());
    lock = null;
  };
  const follow = (): void => {
    const { runPhase } = store.getState();
    const wanted = runPhase === 'running' && document.visibilityState === 'visible';
    // A hidden page loses its lock by itself; letting go of it here asks anew on return.
    if (!wanted) letGo();
    else lock ??= navigator.wakeLock?.request('screen').catch(() => null) ?? null;
  };
  follow();
  const unsubscribe = store.subscribe(({ runPhase }) => runPhase, follow);
  document.addEventListener('visibilitychange', follow);
  return () => {
    unsubscribe();
    document.removeEventListener('visibilitychange', follow);
    letGo();
  };
}
