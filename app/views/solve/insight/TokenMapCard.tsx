import { useId, useMemo, useRef, useState } from 'react';
import { familyOf } from '../../../../src/families/settings.ts';
import { capital, formatExact, plural } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { ColourLegend } from './ColourLegend.tsx';
import styles from './insight.module.css';
import type { MapCell } from './mapLayout.ts';
import { TokenMapCanvas } from './TokenMapCanvas.tsx';
import { TokenMapTable } from './TokenMapTable.tsx';
import {
  binSentence,
  mapPicture,
  mapSentence,
  rowNoun,
  type MapOrder,
  type MapPicture,
} from './tokenMap.ts';
import { useForward, usePictures, useTolerance } from './useInsight.ts';
import { WaitingNote } from './WaitingNote.tsx';

/** Token × iteration: which positions lag, and when each of them settles. */
export default function TokenMapCard() {
  const root = useRef<HTMLDivElement>(null);
  const { report, busy, failure } = usePictures(root);
  const { k, start, token } = useForward();
  const { tolerance, relative } = useTolerance();
  const { goTo, selectToken } = useAppStore().getState();
  const [order, setOrder] = useState<MapOrder>('position');
  const [view, setView] = useState<'map' | 'table'>('map');
  const [at, setAt] = useState<{ readonly cell: MapCell; readonly spoken: boolean } | null>(null);
  const id = useId();
  const map = report?.map;
  const text = useApp(({ applied }) => familyOf(applied.problem.family).input === 'text');
  // Until the map is there, what the tab calls it.
  const rows = map?.kind ?? (text ? 'tokens' : 'parts');
  const picture = useMemo(
    () => (map ? mapPicture(map, tolerance, order) : null),
    [map, tolerance, order],
  );
  const cursor = Math.min(Math.max(0, k - start), picture?.last ?? 0);
  const behind = picture !== null && k - start > picture.last;
  return (
    <div ref={root} className={styles['frame']}>
      <Card
        title={`${capital(rows)} × iterations`}
        className={styles['card']}
        aside={
          <>
            <div data-figure="" data-figure-words>
              <ColourLegend tolerance={tolerance} />
            </div>
            <Segmented
              label={`Order of the ${rows}`}
              value={order}
              onChange={setOrder}
              options={[
                {
                  value: 'position',
                  label: 'Position',
                  title:
                    map?.kind === 'tokens'
                      ? 'As they stand in the text'
                      : 'As they stand in the state',
                },
                { value: 'difficulty', label: 'Difficulty', title: 'The slowest first' },
              ]}
            />
            <Segmented
              label="Token map as"
              value={view}
              onChange={setView}
              options={[
                { value: 'map', label: 'Map', title: 'The residuals as colours' },
                { value: 'table', label: 'Table', title: 'The residuals as numbers' },
              ]}
            />
            <FigureButton
              title={`Relative residual ‖f(z)−z‖/‖f(z)‖ of ${rows} over iterations`}
              data={picture && { kind: 'map', picture, start }}
            />
          </>
        }
      >
        {map && picture ? (
          <>
            <div className={styles['words']}>
              <p id={id}>
                {mapSentence(map, tolerance, cursor, start)} {binSentence(picture)}
                {!relative && ' The solve itself stops on the absolute residual.'}
              </p>
              <p className={styles['readout']} aria-live={at?.spoken === true ? 'polite' : 'off'}>
                {at
                  ? cellWords(picture, at.cell, start)
                  : behind
                    ? 'It follows when the solve rests.'
                    : ''}
              </p>
            </div>
            {view === 'table' ? (
              <TokenMapTable map={map} tolerance={tolerance} order={order} start={start} />
            ) : (
              <TokenMapCanvas
                picture={picture}
                start={start}
                cursor={cursor}
                chosen={picture.rows.findIndex(
                  ({ tokens }) => token !== null && tokens.includes(token),
                )}
                describedBy={id}
                cell={at?.cell ?? null}
                onCell={(cell, how) => {
                  const spoken = how === 'keyboard';
                  // A pointer that goes away takes along only what it pointed at.
                  if (cell) setAt({ cell, spoken });
                  else setAt((old) => (old?.spoken === spoken ? null : old));
                }}
                onChoose={(cell) => {
                  if (picture.kind === 'tokens' || picture.kind === 'samples')
                    selectToken(picture.rows[cell.row]?.tokens[0] ?? null);
                  goTo(cell.k + start);
                }}
              />
            )}
          </>
        ) : (
          <WaitingNote busy={busy} failure={failure} />
        )}
      </Card>
    </div>
  );
}

/** A cell in words: its value, its token and its iteration. */
function cellWords(
  { kind, rows, rowBin, columnBin }: MapPicture,
  { row, k }: MapCell,
  start: number,
): string {
  const shown = rows[row];
  if (!shown) return '';
  const value = formatExact(shown.relative[Math.floor(k / columnBin)] ?? NaN);
  const who =
    rowBin > 1
      ? plural(shown.tokens.length, rowNoun({ kind }))
      : kind === 'tokens'
        ? `‘${shown.name}’, position ${String((shown.tokens[0] ?? 0) + 1)}`
        : shown.name;
  return `${who}, k = ${String(k + start)}: ${value}`;
}
