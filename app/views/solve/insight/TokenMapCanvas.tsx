import { useEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { themeColour } from '../../../charts/stream/themeColour.ts';
import { drawings } from '../../../figures/drawings.ts';
import styles from './insight.module.css';
import { drawMap, mapImage, type MapColours } from './mapCanvas.ts';
import {
  cellAt,
  columnTicks,
  MAP_EDGE,
  mapLayout,
  type MapCell,
  type MapLayout,
} from './mapLayout.ts';
import type { MapPicture } from './tokenMap.ts';
import { useBox } from './useBox.ts';
import { useThemeName } from '../../../theme/useThemeName.ts';

const keys: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
  PageDown: [8, 0],
  PageUp: [-8, 0],
};

/** Height of the axis below the cells. */
const AXIS = 18;

/** The map itself: a canvas, and the iterations below it. */
export function TokenMapCanvas(props: {
  readonly picture: MapPicture;
  /** Iteration of the first column. */
  readonly start: number;
  /** Column that is shown now; those after it are the recorded future. */
  readonly cursor: number;
  /** The chosen row, as drawn; −1 for none. */
  readonly chosen: number;
  readonly describedBy: string;
  /** The cell that keyboard or pointer is on. */
  readonly cell: MapCell | null;
  readonly onCell: (cell: MapCell | null, how: 'keyboard' | 'pointer') => void;
  readonly onChoose: (cell: MapCell) => void;
}) {
  const { picture, start, cursor, chosen, describedBy, cell, onCell, onChoose } = props;
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useBox(stage);
  const ratio = box?.ratio ?? 1;
  const theme = useThemeName();
  const layout = useMemo(
    () => box && mapLayout(picture, { ...box, height: box.height - AXIS }, ratio),
    [picture, box, ratio],
  );
  const columns = layout?.columns ?? 0;
  const cells = useMemo(
    () => (columns > 0 ? paintedCells(picture, columns) : null),
    [picture, columns],
  );
  useEffect(() => {
    const target = canvas.current?.getContext('2d');
    if (!target || !layout || !cells) return;
    const begun = performance.now();
    target.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawMap(target, cells, picture, layout, { cursor, chosen, cell }, coloursOfTheme());
    // For the browser's timeline, and for the test of how long it takes.
    performance.measure('token map', { start: begun });
  }, [picture, layout, cells, cursor, chosen, cell, ratio, theme]);

  useEffect(() => {
    const own = canvas.current;
    if (!own) return;
    drawings.set(own, {
      bitmap: (pixels) => {
        if (!layout || !cells) return null;
        const sharp = document.createElement('canvas');
        [sharp.width, sharp.height] = [layout.width * pixels, layout.height * pixels];
        const target = sharp.getContext('2d');
        target?.scale(pixels, pixels);
        if (target)
          drawMap(target, cells, picture, layout, { cursor, chosen, cell: null }, coloursOfTheme());
        return target && sharp;
      },
    });
  }, [picture, layout, cells, cursor, chosen]);

  const point = (event: PointerEvent): MapCell | null => {
    if (!layout || !canvas.current) return null;
    const { left, top } = canvas.current.getBoundingClientRect();
    return cellAt(layout, picture, event.clientX - left, event.clientY - top);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = cell ?? { row: Math.max(0, chosen), k: cursor };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(at);
      return;
    }
    const move = keys[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
    const row = clamp(at.row + move[0], picture.rows.length - 1);
    onCell({ row, k: clamp(at.k + move[1] * picture.columnBin, picture.last) }, 'keyboard');
    reveal(stage.current, layout, row);
  };
  return (
    <>
      <div
        ref={stage}
        className={styles['stage']}
        data-figure=""
        role="application"
        tabIndex={0}
        aria-label="Token map. Arrow keys go from cell to cell, Enter shows that token and iteration."
        aria-describedby={describedBy}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          if (!cell && target.matches(':focus-visible'))
            onCell({ row: Math.max(0, chosen), k: cursor }, 'keyboard');
        }}
        onBlur={() => {
          onCell(null, 'keyboard');
        }}
      >
        <canvas
          ref={canvas}
          aria-hidden
          data-testid="token-map"
          width={layout ? Math.round(layout.width * ratio) : 1}
          height={layout ? Math.round(layout.height * ratio) : 1}
          style={layout ? { width: layout.width, height: layout.height } : undefined}
          onPointerMove={(event) => {
            onCell(point(event), 'pointer');
          }}
          onPointerLeave={() => {
            onCell(null, 'pointer');
          }}
          onClick={(event) => {
            const at = point(event as unknown as PointerEvent);
            if (at) onChoose(at);
          }}
        />
        {layout && <MapAxis layout={layout} picture={picture} start={start} />}
      </div>
    </>
  );
}

function MapAxis(props: {
  readonly layout: MapLayout;
  readonly picture: MapPicture;
  readonly start: number;
}) {
  const { layout, picture, start } = props;
  const { left, column, columns, bars } = layout;
  const ticks = columnTicks(picture.last, Math.max(2, Math.floor((column * columns) / 44)));
  return (
    <div className={styles['axis']} aria-hidden>
      {ticks.map((k) => (
        <span
          key={k}
          className={styles['tick']}
          style={{ left: left + column * (Math.floor(k / picture.columnBin) + 0.5) }}
        >
          {k + start}
        </span>
      ))}
      <span style={{ left: bars.left }}>iterations to tolerance</span>
    </div>
  );
}

/** Scrolls a row into sight where the rows are more than fit. */
function reveal(stage: HTMLElement | null, layout: MapLayout | null, row: number): void {
  if (!stage || !layout) return;
  const [top, bottom] = [row * layout.row, (row + 1) * layout.row + 2 * MAP_EDGE + AXIS];
  if (top < stage.scrollTop) stage.scrollTop = top;
  else if (bottom > stage.scrollTop + stage.clientHeight)
    stage.scrollTop = bottom - stage.clientHeight;
}

function paintedCells(picture: MapPicture, columns: number): HTMLCanvasElement {
  const image = mapImage(picture, columns);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

const coloursOfTheme = (): MapColours => ({
  page: themeColour('--page'),
  text: themeColour('--text'),
  muted: themeColour('--muted'),
  bar: themeColour('--series-1'),
  bad: themeColour('--bad'),
  accent: themeColour('--accent'),
  font: themeColour('--mono'),
});
