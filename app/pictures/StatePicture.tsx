import { clsx } from 'clsx';
import { useMemo } from 'react';
import type { FilmPart, StateFilm } from '../../src/engine/protocol/protocol.ts';
import { colourScale, finiteRange, hasBothSigns } from '../charts/colourScale.ts';
import { useThemeName } from '../theme/useThemeName.ts';
import { ColourBar } from './ColourBar.tsx';
import {
  filmRange,
  frameData,
  frameOf,
  frameSentence,
  gridColumns,
  isRow,
  partWords,
  planeData,
  rowMap,
  stills,
  type FilmMode,
} from './film.ts';
import { FilmStrip } from './FilmStrip.tsx';
import styles from './StatePicture.module.css';
import { PixelCanvas } from './PixelCanvas.tsx';

/** One part of the state: how it is at the iteration shown, and all iterations beside it. */
export function StatePicture(props: {
  readonly film: StateFilm;
  readonly part: FilmPart;
  /** Iteration of the film that is shown. */
  readonly k: number;
  /** Iteration of the page at which the film's count begins. */
  readonly start: number;
  readonly mode: FilmMode;
  /** Whether the colours span the frame shown alone. */
  readonly own: boolean;
  /** Which plane the strip is of. */
  readonly plane: number;
  readonly onPlane: (plane: number) => void;
  readonly onIteration: (k: number) => void;
}) {
  const { film, part, k, start, mode, own, plane, onPlane, onIteration } = props;
  const theme = useThemeName();
  const frame = frameOf(film, k);
  const frames = film.iterations.length;
  const data = useMemo(() => frameData(part, frame, mode), [part, frame, mode]);
  const scale = useMemo(() => {
    const range = own ? finiteRange(data) : filmRange(part, frames, mode);
    const signed = mode !== 'state' || hasBothSigns(range);
    return colourScale(signed ? 'diverging' : 'sequential', range, theme);
  }, [own, data, part, frames, mode, theme]);
  const row = isRow(part);
  const { rows, columns, planes } = part;
  const now = useMemo(() => {
    const across = gridColumns(columns);
    return row
      ? [{ rows: Math.ceil(columns / across), columns: across, data }]
      : Array.from({ length: planes }, (_, index) => ({
          ...{ rows, columns },
          data: planeData(part, data, index),
        }));
  }, [row, part, data, rows, columns, planes]);
  const at = (film.iterations[frame] ?? 0) + start;
  return (
    <figure className={styles['part']} data-figure="">
      <figcaption>{partWords(part)}</figcaption>
      <div className={styles['columns']}>
        <div className={styles['now']} data-many={planes > 1}>
          {now.map((pixels, index) => (
            <div
              key={index}
              style={{ maxWidth: `${String((168 * pixels.columns) / pixels.rows)}px` }}
            >
              <PixelCanvas
                pixels={pixels}
                scale={scale}
                className={clsx(planes > 1 && index === plane && styles['chosen'])}
                label={`${part.name}${planes > 1 ? `, ${planeName(part)} ${index * part.every.planes + 1}` : ''} at iteration ${at}`}
                {...(planes > 1 && {
                  onChoose: () => {
                    onPlane(index);
                  },
                })}
              />
            </div>
          ))}
        </div>
        {row ? (
          <RowFilm {...{ film, part, frame, mode, scale, onIteration, start }} />
        ) : (
          <Strip
            {...{ film, part, frame, mode, scale, onIteration, start }}
            plane={Math.min(plane, planes - 1)}
          />
        )}
      </div>
      <p className={styles['words']}>{frameSentence(film, part, frame)}</p>
      <ColourBar scale={scale} />
    </figure>
  );
}

/** What the planes of a part are called, one of them. */
export const planeName = ({ axes }: FilmPart): string =>
  (axes.find((axis) => !['rows', 'columns'].includes(axis)) ?? 'channels').replace(/s$/, '');

interface FilmProps {
  readonly film: StateFilm;
  readonly part: FilmPart;
  readonly frame: number;
  readonly mode: FilmMode;
  readonly scale: Parameters<typeof PixelCanvas>[0]['scale'];
  readonly start: number;
  readonly onIteration: (k: number) => void;
}

/** A row of numbers through the iterations: one column each, a line at the one shown. */
function RowFilm({ film, part, frame, mode, scale, start, onIteration }: FilmProps) {
  const frames = film.iterations.length;
  const pixels = useMemo(
    () => ({ rows: part.columns, columns: frames, data: rowMap(part, frames, mode) }),
    [part, frames, mode],
  );
  return (
    <div className={styles['map']}>
      <div>
        <PixelCanvas
          pixels={pixels}
          scale={scale}
          label={`${part.name} through the iterations: its ${String(part.columns)} numbers down, iterations across`}
          onChoose={({ column }) => {
            onIteration(film.iterations[column] ?? 0);
          }}
        />
        <span style={{ left: `${(100 * (frame + 1)) / frames}%` }} />
      </div>
      <p>
        iteration {start} to {(film.iterations.at(-1) ?? 0) + start}
        <span data-figure-skip>; a click goes there</span>
      </p>
    </div>
  );
}

/** Stills of a picture, iteration after iteration. */
function Strip(props: FilmProps & { readonly plane: number }) {
  const { film, part, frame, mode, scale, start, plane, onIteration } = props;
  const list = stills(film.iterations.length);
  return (
    <FilmStrip
      {...{ name: part.name, onIteration }}
      current={film.iterations[list.findLast((still) => still <= frame) ?? 0] ?? 0}
      stills={list.map((still) => {
        const k = film.iterations[still] ?? 0;
        return {
          k,
          label: `Iteration ${k + start}`,
          words: String(k + start),
          picture: <Still {...{ part, still, mode, plane, scale }} />,
        };
      })}
    />
  );
}

function Still(props: {
  readonly part: FilmPart;
  readonly still: number;
  readonly mode: FilmMode;
  readonly plane: number;
  readonly scale: FilmProps['scale'];
}) {
  const { part, still, mode, plane, scale } = props;
  const pixels = useMemo(
    () => ({
      ...{ rows: part.rows, columns: part.columns },
      data: planeData(part, frameData(part, still, mode), plane),
    }),
    [part, still, mode, plane],
  );
  return <PixelCanvas pixels={pixels} scale={scale} />;
}
