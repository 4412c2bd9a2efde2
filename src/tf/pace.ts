/** Letting the thread's event loop run in the middle of long work. */

/** Longest that work holds the event loop, in milliseconds, pieces that cannot be divided aside. */
const slice = 12;
let last = performance.now();

/**
 * Awaited between two pieces of long work: lets the event loop run if it has been held for a while, so that messages
 * (an interrupt, a question whether one still lives) are heard. Without a GPU every other await is a microtask, and
 * none would ever arrive. `signal`: throws its reason once it is aborted, which ends the work.
 */
export async function breathe(signal?: AbortSignal): Promise<void> {
  if (performance.now() - last >= slice) {
    await macrotask();
    last = performance.now();
  }
  signal?.throwIfAborted();
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
