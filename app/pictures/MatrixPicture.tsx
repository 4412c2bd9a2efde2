import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { MatrixObservation } from '../../src/families/observation.ts';
import { colourScale, finiteRange } from '../charts/colourScale.ts';
import { formatExact } from '../format.ts';
import { useThemeName } from '../theme/useThemeName.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { ColourBar } from './ColourBar.tsx';
import { blockAt, matrixSentence } from './matrix.ts';
import styles from './pictures.module.css';
import type { PictureProps } from './pictureProps.ts';
import { PixelCanvas, type PixelCell } from './PixelCanvas.tsx';

const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
  PageDown: [10, 0],
  PageUp: [-10, 0],
};

/** A matrix cell by cell: to look at, to point at, and as numbers. */
export default function MatrixPicture({ shown, iteration }: PictureProps<MatrixObservation>) {
  const { name, rows, columns, data, symmetric } = shown;
  const theme = useThemeName();
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const [cell, setCell] = useState<PixelCell | null>(null);
  const id = useId();
  const scale = useMemo(
    () => colourScale(symmetric ? 'diverging' : 'sequential', finiteRange(data), theme),
    [data, symmetric, theme],
  );
  const pixels = useMemo(() => ({ rows, columns, data }), [rows, columns, data]);
  const at = cell && {
    row: Math.min(cell.row, rows - 1),
    column: Math.min(cell.column, columns - 1),
  };
  const valueAt = (row: number, column: number): string =>
    formatExact(data[row * columns + column] ?? NaN).replace(/^-/, '−');
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
    setCell({
      row: clamp((at?.row ?? 0) + move[0], rows - 1),
      column: clamp((at?.column ?? 0) + move[1], columns - 1),
    });
  };
  return (
    <figure className={styles['matrix']}>
      <figcaption className={styles['note']} id={`${id}-words`}>
        {name} at iteration {iteration}, {matrixSentence(shown)}
      </figcaption>
      <Segmented
        label={`${name} as`}
        options={[
          { value: 'picture', label: 'Picture', title: 'Colours, entry by entry' },
          { value: 'table', label: 'Table', title: 'The numbers themselves' },
        ]}
        value={view}
        onChange={setView}
      />
      {view === 'picture' ? (
        <>
          <div
            role="application"
            tabIndex={0}
            aria-label={`${name}. Arrow keys go from entry to entry.`}
            aria-describedby={`${id}-words ${id}-cell`}
            onKeyDown={onKeyDown}
          >
            <PixelCanvas pixels={pixels} scale={scale} onCell={setCell} />
            {at && (
              <span
                className={styles['cell']}
                style={{
                  left: `${(100 * at.column) / columns}%`,
                  top: `${(100 * at.row) / rows}%`,
                  width: `${100 / columns}%`,
                  height: `${100 / rows}%`,
                }}
              />
            )}
          </div>
          <p id={`${id}-cell`} className={styles['readout']} aria-live="polite">
            {at ? `Row ${at.row + 1}, column ${at.column + 1}: ${valueAt(at.row, at.column)}` : ' '}
          </p>
          <ColourBar scale={scale} />
        </>
      ) : (
        <Block matrix={shown} cell={at} onCell={setCell} valueAt={valueAt} />
      )}
    </figure>
  );
}

/** A block of the matrix as numbers, and the way to the others. */
function Block(props: {
  readonly matrix: MatrixObservation;
  readonly cell: PixelCell | null;
  readonly onCell: (cell: PixelCell) => void;
  readonly valueAt: (row: number, column: number) => string;
}) {
  const { matrix, cell, onCell, valueAt } = props;
  const { top, left, bottom, right } = blockAt(matrix, cell);
  const whole = bottom - top === matrix.rows && right - left === matrix.columns;
  const range = (from: number, until: number): number[] =>
    Array.from({ length: until - from }, (_, index) => from + index);
  const go = (row: number, column: number) => (
    <>
      <button
        type="button"
        disabled={row < 0 || column < 0 || row >= matrix.rows || column >= matrix.columns}
        onClick={() => {
          onCell({ row, column });
        }}
      >
        {row < top ? 'Up' : row > top ? 'Down' : column < left ? 'Left' : 'Right'}
      </button>{' '}
    </>
  );
  return (
    <>
      <div className={styles['block']} tabIndex={0} role="group" aria-label={matrix.name}>
        <table>
          <thead>
            <tr>
              <th scope="col">row</th>
              {range(left, right).map((column) => (
                <th key={column} scope="col">
                  {column + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {range(top, bottom).map((row) => (
              <tr key={row}>
                <th scope="row">{row + 1}</th>
                {range(left, right).map((column) => (
                  <td key={column}>{valueAt(row, column)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!whole && (
        <p>
          Rows {top + 1} to {bottom}, columns {left + 1} to {right}. {go(top - 1, left)}
          {go(bottom, left)}
          {go(top, left - 1)}
          {go(top, right)}
        </p>
      )}
    </>
  );
}
