import { useMemo } from 'react';
import type { ImageObservation } from '../../src/families/observation.ts';
import { colourScale, finiteRange, hasBothSigns } from '../charts/colourScale.ts';
import { plural } from '../format.ts';
import { useThemeName } from '../theme/useThemeName.ts';
import { ColourBar } from './ColourBar.tsx';
import { ImageFilm } from './ImageFilm.tsx';
import { likenessOf, likenessWords, planesOf } from './image.ts';
import styles from './pictures.module.css';
import type { PictureProps } from './pictureProps.ts';
import { PixelCanvas } from './PixelCanvas.tsx';

/** Columns up to which a picture has room enough at the size of a stamp. */
const SMALL = 64;

/** A picture, or its feature maps side by side; beside what it should be, where that is known. */
export default function ImagePicture(props: PictureProps<ImageObservation>) {
  const { shown, film, iteration, onIteration } = props;
  const { name, rows, columns, channels, data, range, reference } = shown;
  const theme = useThemeName();
  const maps = channels !== 1 && channels !== 3;
  // By their values: the ends of every iteration’s picture are an array of its own.
  const [low, high] = range ?? finiteRange(data);
  const ends = useMemo(() => [low, high] as const, [low, high]);
  const scale = useMemo(
    () => colourScale(hasBothSigns(ends) ? 'diverging' : 'grey', ends, theme),
    [ends, theme],
  );
  const tiles = useMemo(
    () =>
      maps
        ? planesOf(shown).map((plane) => ({ rows, columns, data: plane }))
        : [{ rows, columns, channels, data }],
    [maps, shown, rows, columns, channels, data],
  );
  const lost = data.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  const likeness = likenessOf(shown);
  return (
    <figure className={styles['figure']}>
      <figcaption>
        {name}
        {maps && `, ${plural(channels, 'feature map')} of ${rows} × ${columns}`}
        {likeness && (
          <>
            {' '}
            · <b>{likenessWords(likeness)}</b>
          </>
        )}
        {lost > 0 && (
          <span className={styles['bad']}> · {plural(lost, 'value')} no longer finite</span>
        )}
      </figcaption>
      <div className={styles['tiles']} data-many={maps} data-fine={columns > SMALL}>
        {tiles.map((pixels, index) => (
          <PixelCanvas
            key={index}
            pixels={pixels}
            scale={scale}
            label={`${name}${maps ? `, feature map ${index + 1}` : ''} at iteration ${iteration}`}
          />
        ))}
        {reference && !maps && (
          <div>
            <PixelCanvas
              pixels={{ rows, columns, channels, data: reference }}
              scale={scale}
              label={`What ${name} should be`}
            />
            <p className={styles['note']}>as it should be</p>
          </div>
        )}
      </div>
      {channels !== 3 && <ColourBar scale={scale} />}
      {reference && !maps && film && (
        <ImageFilm {...{ name, film, iteration, scale, onIteration }} />
      )}
    </figure>
  );
}
