import { memo } from 'react';
import type { ImageObservation } from '../../src/families/observation.ts';
import type { ColourScale } from '../charts/colourScale.ts';
import { stills } from './film.ts';
import { FilmStrip } from './FilmStrip.tsx';
import { likenessOf } from './image.ts';
import { PixelCanvas } from './PixelCanvas.tsx';

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
  const made = film.flatMap((one, k) => (one ? [{ k, one }] : []));
  const list = stills(made.length).flatMap((index) => made[index] ?? []);
  if (list.length < 2) return null;
  return (
    <FilmStrip
      below
      {...{ name, onIteration }}
      current={list.findLast(({ k }) => k <= iteration)?.k ?? 0}
      stills={list.map(({ k, one }) => {
        const likeness = shortLikeness(one);
        return {
          k,
          label: `Iteration ${k}${likeness === '' ? '' : `, ${likeness}`}`,
          words: `${k}: ${likeness}`,
          picture: <Still shown={one} scale={scale} />,
        };
      })}
    />
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

/** Of pictures that were in a strip: it is drawn again at every iteration, and what an earlier one made does not change. */
const known = new WeakMap<ImageObservation, string>();

/** The likeness where there is little room: `0.87`, `12.3`. */
function shortLikeness(shown: ImageObservation): string {
  const before = known.get(shown);
  if (before !== undefined) return before;
  const likeness = likenessOf(shown);
  const words =
    !likeness || Number.isNaN(likeness.value)
      ? ''
      : likeness.value.toFixed(likeness.measure === 'IoU' ? 2 : 1);
  known.set(shown, words);
  return words;
}
