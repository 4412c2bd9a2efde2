/** A solve that a pen draws is let finish for so long, then given up for the newest drawing. */
const PATIENCE_MILLISECONDS = 300;

/**
 * Keeps up with something that changes many times a second: the first change is followed at once, and the newest one as
 * soon as the one before it has been, or has taken too long.
 */
export function createFollower(options: {
  /** Resolves when what is there now has been followed, or that was given up. */
  readonly follow: () => Promise<void>;
  readonly giveUp: () => void;
}): () => void {
  let began: number | null = null;
  let changes = 0;
  const follow = async (): Promise<void> => {
    let followed: number;
    do {
      followed = changes;
      began = performance.now();
      await options.follow();
    } while (followed < changes);
    began = null;
  };
  return () => {
    changes++;
    if (began === null) void follow();
    else if (performance.now() - began > PATIENCE_MILLISECONDS) options.giveUp();
  };
}
