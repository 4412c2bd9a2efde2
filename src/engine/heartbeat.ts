/** Milliseconds between two questions whether the engine still lives. */
export const beat = 5000;
/** Milliseconds without a word after which the visitor is told. */
export const quietAfter = 20_000;
/**
 * Milliseconds without a word after which the engine is given up. A worker answers between any two pieces of work, the
 * longest of which is one evaluation of f; a large one on the CPU takes tens of seconds, so this is well above.
 */
export const givenUpAfter = 120_000;
/**
 * What one turn of the timer counts for at most. A timer comes late when the tab is in the background, when the page
 * itself was busy or when the computer has slept; all that time the engine may have slept too.
 */
const longestTurn = 1.5 * beat;

/** The pulse of a worker that owes an answer. */
export interface Heartbeat {
  /** Something is asked of it now. */
  readonly expect: () => void;
  /** It has said something, whatever it was. */
  readonly heard: () => void;
  /** Nothing is owed any more. */
  readonly rest: () => void;
}

/** Asks a silent worker, tells of its silence, and at last gives it up; while nothing is owed it does nothing. */
export function createHeartbeat(options: {
  /** Asks the worker to say something. */
  readonly ask: () => void;
  /** Whether it has been silent for long; told when that changes. */
  readonly onQuiet: (quiet: boolean) => void;
  readonly onLost: () => void;
}): Heartbeat {
  const { ask, onQuiet, onLost } = options;
  let timer: ReturnType<typeof setInterval> | undefined;
  let last = 0;
  let silence = 0;
  let quiet = false;
  const setQuiet = (next: boolean): void => {
    if (quiet === next) return;
    quiet = next;
    onQuiet(next);
  };
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
    silence = 0;
    setQuiet(false);
  };
  const turn = (): void => {
    const now = performance.now();
    silence += Math.min(now - last, longestTurn);
    last = now;
    if (silence >= givenUpAfter) {
      rest();
      onLost();
      return;
    }
    if (silence >= quietAfter) setQuiet(true);
    ask();
  };
  return {
    expect: () => {
      if (timer !== undefined) return;
      last = performance.now();
      silence = 0;
      timer = setInterval(turn, beat);
    },
    heard: () => {
      silence = 0;
      setQuiet(false);
    },
    rest,
  };
}
