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
  let behind = false;
  const follow = async (): Promise<void> => {
    behind = false;
    began = performance.now();
    await options.follow();
    began = null;
    if (isBehind()) await follow();
  };
  const isBehind = (): boolean => behind;
  return () => {
    if (began === null) {
      void follow();
      return;
    }
    behind = true;
    if (performance.now() - began > PATIENCE_MILLISECONDS) options.giveUp();
  };
}
