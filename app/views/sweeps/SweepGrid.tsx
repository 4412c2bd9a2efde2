import { clsx } from 'clsx';
import type { KeyboardEvent, ReactNode } from 'react';
import {
  axisTitle,
  axisValueNamed,
  axisValueWords,
  cellKey,
  type Sweep,
} from '../../../src/runs/sweep.ts';
import { capital } from '../../format.ts';
import { CellMark } from './CellMark.tsx';
import type { DrawnCell, Measured } from './cells.ts';
import styles from './Sweeps.module.css';

/** What every picture of a sweep is given. */
export interface PictureProps {
  readonly sweep: Sweep;
  readonly cells: readonly DrawnCell[];
  readonly measure: Measured;
  readonly selected: string;
  readonly onSelect: (key: string) => void;
}

/** How a cell looks. */
export interface CellLook {
  readonly ground?: string | undefined;
  readonly ink?: string | undefined;
  readonly content: ReactNode;
  /** All that it says, without its place. */
  readonly words: string;
  /** Whether a pattern says that it did not end well. */
  readonly hatched: boolean;
  readonly best: boolean;
}

/** A cell by its number alone: its sign, the digits, and whether it is the best. */
export function numberLook(
  { values, kind, best: bestCell }: Measured,
  cell: DrawnCell,
  size?: number,
): CellLook {
  const value = values.get(cell.key);
  const number = value === undefined ? '' : kind.format(value);
  const best = bestCell?.key === cell.key;
  return {
    ...{ hatched: cell.state === 'ended', best },
    words: [best ? `${number} best` : number, cell.words].filter((part) => part !== '').join(', '),
    content: (
      <span className={styles['number']}>
        <CellMark cell={cell} size={size} />
        {number}
        {best && <small> best</small>}
      </span>
    ),
  };
}

/**
 * The cells of a sweep in rows and columns, one of which the details are of. Arrow keys go from cell to cell. A sweep of
 * one setting is one row.
 */
export function SweepGrid(
  props: Omit<PictureProps, 'measure'> & {
    readonly label: string;
    readonly look: (cell: DrawnCell) => CellLook;
    readonly className?: string | undefined;
  },
) {
  const { sweep, cells, look, selected, onSelect } = props;
  const [down, across] = sweep.axes.length > 1 ? sweep.axes : [undefined, sweep.axes[0]];
  const columns = across?.values ?? [];
  const rows = down?.values ?? [null];
  const keyAt = (row: number, column: number): string => cellKey(down ? [row, column] : [column]);
  const move = (event: KeyboardEvent<HTMLElement>, row: number, column: number): void => {
    const to: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [row, 0],
      End: [row, columns.length - 1],
    };
    const next = to[event.key];
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // Arrow keys step solves elsewhere.
    event.stopPropagation();
    const [nextRow, nextColumn] = next;
    if (nextRow < 0 || nextRow >= rows.length || nextColumn < 0 || nextColumn >= columns.length)
      return;
    const key = keyAt(nextRow, nextColumn);
    onSelect(key);
    event.currentTarget
      .closest('table')
      ?.querySelector<HTMLElement>(`[data-cell="${key}"]`)
      ?.focus();
  };
  return (
    <div className={styles['scroll']} data-figure="">
      <table role="grid" aria-label={props.label} className={clsx(styles['grid'], props.className)}>
        <thead>
          {across && (
            <tr>
              {down && <td />}
              <th scope="colgroup" colSpan={columns.length} className={styles['axisName']}>
                {capital(axisTitle(across))}
              </th>
            </tr>
          )}
          <tr>
            {down && (
              <th scope="col" className={styles['corner']}>
                {capital(axisTitle(down))}
              </th>
            )}
            {across?.values.map((value) => (
              <th key={String(value)} scope="col" aria-label={axisValueNamed(across, value)}>
                {axisValueWords(across, value)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((value, row) => (
            <tr key={String(value)}>
              {down && value !== null && (
                <th scope="row" aria-label={axisValueNamed(down, value)}>
                  {axisValueWords(down, value)}
                </th>
              )}
              {columns.map((_, column) => {
                const key = keyAt(row, column);
                const cell = cells.find((one) => one.key === key);
                if (!cell) return null;
                const { ground, ink, content, words, hatched, best } = look(cell);
                return (
                  <td
                    key={key}
                    role="gridcell"
                    data-cell={key}
                    data-state={cell.state}
                    data-best={best || undefined}
                    aria-label={words}
                    aria-selected={key === selected}
                    tabIndex={key === selected ? 0 : -1}
                    style={{ background: ground, color: ink }}
                    onFocus={() => {
                      onSelect(key);
                    }}
                    onKeyDown={(event) => {
                      move(event, row, column);
                    }}
                  >
                    {hatched && <Hatching />}
                    {content}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Oblique lines over the whole cell: not converged, whatever its colour. */
function Hatching() {
  const lines = Array.from({ length: 26 }, (_, at) => `M${String(10 * at - 60)} 60l60-60`).join('');
  return (
    <svg className={styles['hatching']} aria-hidden>
      <path d={lines} stroke="currentColor" strokeOpacity="0.28" strokeWidth="1.5" fill="none" />
    </svg>
  );
}
