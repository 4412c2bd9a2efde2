/** Milliseconds of work after which the caller gets a turn. */
const stretch = 10;

/**
 * Lets long work pause: `yield* pause(progress)` yields if 10 ms of work have passed since it last
 * did. The caller's own time doesn't count, or a slow caller would be asked ever more often.
 */
export function pacer(): <T>(progress: T) => Generator<T, void> {
  let since = Date.now();
  return function* <T>(progress: T) {
    if (Date.now() - since < stretch) return;
    yield progress;
    since = Date.now();
  };
}
