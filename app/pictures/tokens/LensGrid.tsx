import { clsx } from 'clsx';
import { memo, useId, type KeyboardEvent, type MouseEvent } from 'react';
import { formatShare } from '../../views/train/trainFormat.ts';
import styles from './lens.module.css';
import type { Lens, Reading } from './lensReadings.ts';
import { shadeColour } from './shades.ts';
import { visibleText } from './visibleText.ts';

/** A cell of the grid. */
export interface LensCell {
  readonly iteration: number;
  readonly position: number;
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** Iterations down, positions across; each cell the most probable token, shaded by its probability. */
export function LensGrid(props: {
  readonly lens: Lens;
  readonly names: readonly string[];
  /** Of each position, the iteration from which its prediction stays. */
  readonly known: readonly number[];
  readonly chosen: LensCell;
  readonly onChoose: (cell: LensCell) => void;
}) {
  const { lens, names, known, chosen, onChoose } = props;
  const id = useId();
  const point = ({ target }: MouseEvent): void => {
    const cell = target instanceof HTMLElement ? target.closest('td') : null;
    const { iteration, position } = cell?.dataset ?? {};
    if (iteration !== undefined)
      onChoose({ iteration: Number(iteration), position: Number(position) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const next = {
      iteration: Math.min(Math.max(chosen.iteration + move[0], 0), lens.length - 1),
      position: Math.min(Math.max(chosen.position + move[1], 0), names.length - 1),
    };
    onChoose(next);
    document
      .getElementById(`${id}-${next.iteration}-${next.position}`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  return (
    <div className={styles['scroll']}>
      <table
        className={styles['grid']}
        role="grid"
        tabIndex={0}
        aria-label="Predictions by iteration and position"
        aria-activedescendant={`${id}-${chosen.iteration}-${chosen.position}`}
        onKeyDown={onKeyDown}
        onMouseOver={point}
        onClick={point}
      >
        <thead>
          <tr>
            <th scope="col" aria-label="iteration" />
            {names.map((name, position) => (
              <th key={position} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lens.map((readings, iteration) => (
            <Row
              key={iteration}
              id={id}
              iteration={iteration}
              readings={readings}
              outlined={known.map((first) => (first === iteration ? '1' : '0')).join('')}
              chosen={chosen.iteration === iteration ? chosen.position : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Readings never change once made, so a row is drawn anew only when its outlines or the choice do. */
const Row = memo(function Row(props: {
  readonly id: string;
  readonly iteration: number;
  readonly readings: readonly Reading[];
  /** One digit for each position, so that rows compare by value. */
  readonly outlined: string;
  readonly chosen: number | null;
}) {
  const { id, iteration, readings, outlined, chosen } = props;
  return (
    <tr>
      <th scope="row">{iteration}</th>
      {readings.map((reading, position) => {
        const top = reading[0];
        const settles = outlined[position] === '1';
        const text = visibleText(top?.text ?? '');
        return (
          <td
            key={position}
            id={`${id}-${iteration}-${position}`}
            data-iteration={iteration}
            data-position={position}
            aria-selected={chosen === position}
            aria-label={`${text}, ${formatShare(top?.probability ?? 0)}${settles ? ', stays from here' : ''}`}
            className={clsx(settles && styles['settles'], chosen === position && styles['chosen'])}
            style={{ background: shadeColour(top?.probability ?? 0, [0, 1]) }}
          >
            {text}
          </td>
        );
      })}
    </tr>
  );
});
