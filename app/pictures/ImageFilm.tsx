import { clsx } from 'clsx';
import { memo, useEffect, useRef } from 'react';
import type { ImageObservation } from '../../src/families/observation.ts';
import type { ColourScale } from '../charts/colourScale.ts';
import { stills } from './film.ts';
import { likenessOf } from './image.ts';
import { PixelCanvas } from './PixelCanvas.tsx';
import styles from './StatePicture.module.css';

/** A picture at every iteration, side by side, each with how near it is to what it should be; a press goes there. */
export function ImageFilm(props: {
  readonly name: string;
  readonly film: readonly (ImageObservation | undefined)[];
  /** The one that the page shows. */
  readonly iteration: number;
  readonly scale: ColourScale;
  readonly onIteration: ((k: number) => void) | undefined;
}) {
  const { name, film, iteration, scale, onIteration } = props;
  const current = useRef<HTMLButtonElement>(null);
  const made = film.flatMap((one, k) => (one ? [{ k, one }] : []));
  const list = stills(made.length).flatMap((index) => made[index] ?? []);
  const at = list.findLast(({ k }) => k <= iteration)?.k ?? 0;
  useEffect(() => {
    // Within the strip alone: the page itself must not move.
    const button = current.current;
    const strip = button?.parentElement?.parentElement;
    if (button && strip)
      strip.scrollLeft = button.offsetLeft - strip.offsetLeft - strip.clientWidth / 2;
  }, [at]);
  if (list.length < 2) return null;
  return (
    <ol
      className={clsx(styles['strip'], styles['below'])}
      aria-label={`${name} through the iterations`}
    >
      {list.map(({ k, one }) => {
        const likeness = shortLikeness(one);
        return (
          <li key={k}>
            <button
              type="button"
              ref={k === at ? current : null}
              aria-current={k === at ? 'step' : undefined}
              aria-label={`Iteration ${k}${likeness === '' ? '' : `, ${likeness}`}`}
              disabled={!onIteration}
              onClick={() => onIteration?.(k)}
            >
              <Still shown={one} scale={scale} />
              <span>
                {k}: {likeness}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** Drawn once: what an iteration made does not change. */
const Still = memo(function Still({
  shown,
  scale,
}: {
  readonly shown: ImageObservation;
  readonly scale: ColourScale;
}) {
  return <PixelCanvas pixels={shown} scale={scale} />;
});

/** The likeness where there is little room: `0.87`, `12.3`. */
function shortLikeness(shown: ImageObservation): string {
  const likeness = likenessOf(shown);
  if (!likeness || Number.isNaN(likeness.value)) return '';
  return likeness.measure === 'IoU' ? likeness.value.toFixed(2) : likeness.value.toFixed(1);
}
