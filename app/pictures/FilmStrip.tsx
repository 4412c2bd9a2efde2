import { clsx } from 'clsx';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './StatePicture.module.css';

/** A picture of a strip. */
interface Still {
  /** Iteration that a press goes to. */
  readonly k: number;
  readonly label: string;
  /** Below it. */
  readonly words: string;
  readonly picture: ReactNode;
}

/** Pictures of some iterations side by side, scrolled to the one that the page shows; a press goes to another. */
export function FilmStrip({
  name,
  stills,
  current,
  below,
  onIteration,
}: {
  /** What they are of. */
  readonly name: string;
  readonly stills: readonly Still[];
  /** The one that the page shows, by its iteration. */
  readonly current: number;
  /** Whether it stands below what it is of, not beside it. */
  readonly below?: boolean;
  /** Absent where there is nowhere to go. */
  readonly onIteration: ((k: number) => void) | undefined;
}) {
  const shown = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Within the strip alone: the page itself must not move.
    const button = shown.current;
    const strip = button?.parentElement?.parentElement;
    if (button && strip)
      strip.scrollLeft = button.offsetLeft - strip.offsetLeft - strip.clientWidth / 2;
  }, [current]);
  return (
    <ol
      className={clsx(styles['strip'], below && styles['below'])}
      aria-label={`${name} through the iterations`}
    >
      {stills.map(({ k, label, words, picture }) => (
        <li key={k}>
          <button
            type="button"
            ref={k === current ? shown : null}
            aria-current={k === current ? 'step' : undefined}
            aria-label={label}
            disabled={!onIteration}
            onClick={() => onIteration?.(k)}
          >
            {picture}
            <span>{words}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
