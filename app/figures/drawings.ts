import type uPlot from 'uplot';
import type { StreamPicture } from '../charts/stream/streamTypes.ts';

/** A chart of uPlot as it stands. */
export interface StreamState {
  readonly plot: uPlot;
  readonly picture: StreamPicture;
  /** Values at which the axes have their ticks. */
  readonly ticks: { readonly x: readonly Tick[]; readonly y: readonly Tick[] };
}

/** A tick of an axis and what is written there. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** How an element that is a bitmap on screen is drawn for a file: the same bitmap at another ratio, or as lines. */
export type Drawing =
  | {
      /** The bitmap with so many pixels for each of the page's; null where nothing is drawn yet. */
      readonly bitmap: (ratio: number) => HTMLCanvasElement | null;
    }
  | { readonly stream: () => StreamState };

/** Whoever draws a bitmap that has words or lines in it registers here how it is drawn sharper. */
export const drawings = new WeakMap<Element, Drawing>();
