/** Waiting inside a worker's loop, so that an interrupt can be heard. */

/** Longest a loop may hold the worker's event loop, in milliseconds. */
const slice = 12;

/** A place where a busy loop lets the event loop run: `await breathe()`. */
export function createBreather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    // Without a GPU every await is a microtask, and no message would ever arrive.
    if (performance.now() - last < slice) return;
    await macrotask();
    last = performance.now();
  };
}

// A message to oneself comes back at once, where nested timers wait 4 ms.
const macrotask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Wait, or stop waiting when the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || milliseconds <= 0) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
