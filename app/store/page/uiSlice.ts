import type { View } from '../../../src/schema/link.ts';
import type { Passes } from '../solve/passes.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import { isBehind } from '../solve/shown.ts';
import type { StoreAccess, UiSlice } from '../state.ts';

/** How the visitor looks at it. */
export function createUiSlice(
  { get, set }: StoreAccess,
  {
    view,
    lane,
    passes,
  }: { readonly view: View; readonly lane: SolveLane; readonly passes: Passes },
): UiSlice {
  /** Brings the solve to the settings that were changed while it was out of sight. */
  const catchUp = (): void => {
    const { engine, source, pass, adjoint } = get();
    if (engine === 'off') lane.start();
    const unopened = source === 'live' && pass === 'backward' && !adjoint;
    if (isBehind(get()) || unopened) passes.refresh(true);
  };
  return {
    view,
    showView: (next) => {
      if (get().view === next) return;
      set({ view: next });
      // A solve that nobody sees would only take time from the training.
      if (next === 'solve') catchUp();
      else if (get().activity === 'running') get().pause();
    },
    speed: 16,
    measure: null,
    axis: 'iteration',
    scale: 'log',
    residualView: 'chart',
    overlay: true,
    setOverlay: (overlay) => {
      set({ overlay });
    },
    setSpeed: (speed) => {
      set({ speed });
    },
    setMeasure: (measure) => {
      set({ measure });
    },
    setAxis: (axis) => {
      set({ axis });
    },
    setScale: (scale) => {
      set({ scale });
    },
    setResidualView: (residualView) => {
      set({ residualView });
    },
  };
}
