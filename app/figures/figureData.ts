import type {
  Complex,
  FilmPart,
  InspectReport,
  StateFilm,
} from '../../src/engine/protocol/protocol.ts';
import type { Observation } from '../../src/families/observation.ts';
import type { Curve } from '../charts/curves.ts';
import type { ResidualChartProps } from '../charts/frame.ts';
import type { SketchKind } from '../charts/CurveSketch.tsx';
import type { LogSeries } from '../charts/LogPlot.tsx';
import type { Segment } from '../charts/picardLine.ts';
import type { MemoryBar } from '../charts/MemoryBars.tsx';
import type { StreamPicture } from '../charts/stream/streamTypes.ts';
import type { FigureTable } from './figure.ts';
import type { MapPicture } from '../views/solve/insight/tokenMap.ts';

/**
 * What the page's own charts draw, by the kind of the chart. Their tables are made in a chunk of their own when
 * somebody asks (`tables.ts`); any other chart hands over a function that makes its table.
 */
export type FigureData =
  | {
      readonly kind: 'residuals';
      readonly chart: ResidualChartProps;
      /** Names of the main line and of the one drawn behind. */
      readonly name: string;
      readonly behind?: string;
      /** The line that plain iteration is predicted to follow, where the chart draws one. */
      readonly predicted?: (
        start: { readonly x: number; readonly y: number },
        end: number,
        low: number,
      ) => Segment | null;
    }
  | {
      readonly kind: 'stream';
      readonly picture: StreamPicture;
      readonly xLabel: string;
      readonly yLabel: string;
    }
  | { readonly kind: 'memory'; readonly bars: readonly MemoryBar[] }
  | {
      readonly kind: 'points';
      readonly series: readonly LogSeries[];
      readonly xLabel: string;
      readonly yLabel: string;
    }
  | {
      readonly kind: 'eigenvalues';
      readonly values: readonly Complex[];
      readonly moved: readonly Complex[];
      readonly beta: number;
    }
  | { readonly kind: 'map'; readonly picture: MapPicture; readonly start: number }
  | {
      readonly kind: 'trajectory';
      readonly report: InspectReport;
      readonly start: number;
      /** Names of the two axes. */
      readonly axes: readonly [string, string];
    }
  | {
      readonly kind: 'film';
      readonly film: StateFilm;
      readonly part: FilmPart;
      /** Which of the part's planes. */
      readonly plane: number;
      readonly start: number;
      /** What of the state, and that plane of it at each frame of the film. */
      readonly what: string;
      readonly values: (frame: number) => ArrayLike<number>;
    }
  | {
      readonly kind: 'bars';
      readonly label: string;
      readonly bars: readonly { readonly name: string; readonly value: number }[];
    }
  | {
      readonly kind: 'curves';
      readonly curves: readonly Curve[];
      readonly sketch: SketchKind;
      readonly tolerance?: number | undefined;
    }
  | {
      readonly kind: 'observation';
      readonly shown: Observation;
      readonly history: readonly (Observation | undefined)[];
      readonly iteration: number;
      readonly sample: number;
    };

/** What a figure draws, or how to come by it when it is asked for; null where nothing is drawn yet. */
export type FigureSource = FigureData | (() => FigureData | FigureTable | null) | null;

/** The data of one kind of chart. */
export type DataOf<K extends FigureData['kind']> = Extract<FigureData, { readonly kind: K }>;
