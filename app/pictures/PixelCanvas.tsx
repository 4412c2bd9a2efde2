import { clsx } from 'clsx';
import { useEffect, useRef, type PointerEvent } from 'react';
import type { ColourScale } from '../charts/colourScale.ts';
import styles from './pictures.module.css';

/** A cell of a picture. */
export interface PixelCell {
  readonly row: number;
  readonly column: number;
}

/** Numbers as a picture, row-major: one a cell, or red, green and blue. */
export interface Pixels {
  readonly rows: number;
  readonly columns: number;
  /** Numbers a cell: 3 are a colour. Default 1. */
  readonly channels?: number;
  /** Shorter than rows × columns where the last row is not full. */
  readonly data: ArrayLike<number>;
}

/** One pixel for each cell. What is not a finite number stays a hole, which shows the ground below it. */
function imageOf({ rows, columns, channels = 1, data }: Pixels, scale: ColourScale): ImageData {
  const image = new ImageData(Math.max(1, columns), Math.max(1, rows));
  const { low, high } = scale;
  const byte = (value: number): number => (255 * (value - low)) / (high - low || 1);
  for (let cell = 0; cell < rows * columns; cell++) {
    const first = data[cell * channels];
    if (first !== undefined && !Number.isFinite(first)) continue;
    const colour =
      first === undefined
        ? scale.ground
        : channels === 3
          ? [byte(first), byte(data[cell * 3 + 1] ?? NaN), byte(data[cell * 3 + 2] ?? NaN)]
          : scale.colour(first);
    image.data.set(colour, 4 * cell);
    image.data[4 * cell + 3] = 255;
  }
  return image;
}

/**
 * Numbers drawn cell by cell; CSS gives the picture its size. Cells that are no finite number have the colour of
 * things gone wrong. With `onCell` it tells which cell the pointer is on.
 */
export function PixelCanvas(props: {
  readonly pixels: Pixels;
  readonly scale: ColourScale;
  /** What the picture shows, in words; absent where words beside it say so. */
  readonly label?: string;
  readonly className?: string | undefined;
  readonly onCell?: (cell: PixelCell | null) => void;
  readonly onChoose?: (cell: PixelCell) => void;
}) {
  const { pixels, scale, label, className, onCell, onChoose } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { rows, columns } = pixels;
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(imageOf(pixels, scale), 0, 0);
  }, [pixels, scale]);
  const cellAt = ({ clientX, clientY, currentTarget }: PointerEvent): PixelCell => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const index = (share: number, count: number): number =>
      Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    return {
      row: index((clientY - top) / height, rows),
      column: index((clientX - left) / width, columns),
    };
  };
  return (
    <canvas
      ref={canvas}
      width={Math.max(1, columns)}
      height={Math.max(1, rows)}
      className={clsx(styles['pixels'], className)}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      {...(onCell && {
        onPointerMove: (event: PointerEvent) => {
          onCell(cellAt(event));
        },
        onPointerLeave: () => {
          onCell(null);
        },
      })}
      {...(onChoose && {
        onPointerUp: (event: PointerEvent) => {
          onChoose(cellAt(event));
        },
      })}
    />
  );
}
