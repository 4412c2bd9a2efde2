import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { drawMarks, drawReferences, drawTurn } from './overlay.ts';
import type { StreamState, Tick } from '../../figures/drawings.ts';
import { themeColour } from './themeColour.ts';
import { rangeOf, tickLabels } from './scales.ts';
import type { StreamPicture } from './streamTypes.ts';

/** A stream chart on the page. It draws outside React, as points come in faster than React should. */
export interface Stream {
  readonly show: (picture: StreamPicture) => void;
  readonly resize: (width: number, height: number) => void;
  readonly redraw: () => void;
  /** The chart as it stands, for who draws it elsewhere. */
  readonly state: () => StreamState;
  readonly destroy: () => void;
}

/** Charts of one page move their cursors together. */
const SYNC = 'training';

/** The library's types have a name for 3 that its code leaves out, so it can't be written as its type. */
const logarithmic: object = { distr: 3 };

/** Opens a chart in `element`. `onCursor` hears the x under the pointer, or null. */
export function openStream(
  element: HTMLElement,
  first: StreamPicture,
  onCursor: (x: number | null) => void,
): Stream {
  let picture = first;
  let shape = shapeOf(first);
  let size = { width: element.clientWidth || 300, height: element.clientHeight || 160 };
  const ticks: Ticks = { x: [], y: [] };
  const make = (): uPlot =>
    new uPlot(
      options(() => picture, size, onCursor, ticks),
      dataOf(picture),
      element,
    );
  let plot = make();
  return {
    show: (next) => {
      picture = next;
      const nextShape = shapeOf(next);
      if (nextShape === shape) plot.setData(dataOf(next));
      else {
        // uPlot's lines and scales are fixed once made.
        plot.destroy();
        shape = nextShape;
        plot = make();
      }
    },
    resize: (width, height) => {
      size = { width, height };
      plot.setSize(size);
    },
    state: () => ({ plot, picture, ticks }),
    redraw: () => {
      plot.redraw(false);
    },
    destroy: () => {
      plot.destroy();
    },
  };
}

/** Where the axes have their ticks: uPlot says so only when it asks what to write there. */
interface Ticks {
  x: readonly Tick[];
  y: readonly Tick[];
}

/** Everything that needs a new uPlot when it changes. */
const shapeOf = ({ lines, log }: StreamPicture): string =>
  JSON.stringify([
    log,
    lines.map(({ label, colour, dash, width, opacity, dots }) => [
      label,
      colour,
      dash,
      width,
      opacity,
      dots,
    ]),
  ]);

/**
 * uPlot wants one x for all lines; lines of networks that pace differently have their own. One
 * without points yet still takes part, as the others would move up in its place.
 */
const dataOf = ({ lines }: StreamPicture): uPlot.AlignedData =>
  uPlot.join(
    lines.map(({ points: { x, y } }): uPlot.AlignedData =>
      x.length > 0 ? [[...x], [...y]] : [[0], [null]],
    ),
  );

function options(
  picture: () => StreamPicture,
  size: { readonly width: number; readonly height: number },
  onCursor: (x: number | null) => void,
  ticks: Ticks,
): uPlot.Options {
  const { lines, log } = picture();
  const noted = (
    axis: keyof Ticks,
    splits: readonly (number | null)[],
    labels: string[],
  ): string[] => {
    ticks[axis] = splits.flatMap((value, index) =>
      value === null ? [] : [{ value, label: labels[index] ?? '' }],
    );
    return labels;
  };
  const axis: uPlot.Axis = {
    stroke: () => themeColour('--muted'),
    grid: { stroke: () => themeColour('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  return {
    ...size,
    legend: { show: false },
    padding: [12, 18, 0, 0],
    cursor: {
      drag: { x: false, y: false, setScale: false },
      y: false,
      sync: { key: SYNC },
      points: { size: 6 },
    },
    scales: {
      x: { time: false, range: (_, low, high) => [Math.min(low, 0), high > low ? high : low + 1] },
      y: {
        ...(log ? logarithmic : {}),
        range: (_, low, high) => rangeOf(picture(), low, high),
      },
    },
    series: [
      {},
      ...lines.map(({ colour, dash, width, opacity = 1, dots = false }): uPlot.Series => ({
        stroke: () => themeColour(colour),
        width,
        dash: [...dash],
        alpha: opacity,
        spanGaps: true,
        points: { show: dots, size: 6, stroke: () => themeColour(colour) },
      })),
    ],
    axes: [
      {
        ...axis,
        size: 24,
        gap: 4,
        values: (_, splits) =>
          noted(
            'x',
            splits,
            splits.map((value) => picture().formatX(value)),
          ),
      },
      {
        ...axis,
        size: 56,
        gap: 6,
        values: (_, splits) => noted('y', splits, tickLabels(picture(), splits)),
      },
    ],
    hooks: {
      setCursor: [
        (plot) => {
          const { idx } = plot.cursor;
          onCursor(idx === null || idx === undefined ? null : (plot.data[0][idx] ?? null));
        },
      ],
      draw: [
        (plot) => {
          drawReferences(plot, picture().references);
          drawTurn(plot, picture().turn);
          drawMarks(plot, picture().marks);
        },
      ],
    },
  };
}
