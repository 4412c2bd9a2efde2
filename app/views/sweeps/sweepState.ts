import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SweepValue, SweepWork } from '../../../src/runs/sweep.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';

/** One side of the grid while it is being made up. */
export interface DraftAxis {
  readonly paths: readonly FieldPath[];
  readonly values: readonly SweepValue[];
}

/** How the visitor looks at sweeps, and the one that is being made up; it outlives a look at another view. */
export interface SweepView {
  /** Id of the sweep on screen; `new`: the form; null: whichever is newest. */
  readonly chosen: string | null;
  /** The number that is looked at, by the work of the sweep. */
  readonly measures: Readonly<Record<SweepWork, string | null>>;
  readonly picture: 'numbers' | 'curves';
  /** Key of the cell whose details are shown. */
  readonly cell: string;
  readonly work: SweepWork;
  readonly down: DraftAxis | null;
  readonly across: DraftAxis | null;
  /** Updates of each training. */
  readonly steps: number;
}

export const sweepView = createStore<SweepView>()(() => ({
  chosen: null,
  measures: { solve: null, training: null },
  picture: 'numbers',
  cell: '',
  work: 'solve',
  down: null,
  across: null,
  steps: 60,
}));

/** A piece of it; the component is drawn again when it changes. */
export const useSweepView = <T>(select: (state: SweepView) => T): T => useStore(sweepView, select);
