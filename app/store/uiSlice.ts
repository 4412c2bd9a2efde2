import type { StoreAccess, UiSlice } from './state.ts';

/** How the visitor looks at the solve. */
export function createUiSlice({ set }: StoreAccess): UiSlice {
  return {
    speed: 4,
    measure: null,
    axis: 'iteration',
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
    setResidualView: (residualView) => {
      set({ residualView });
    },
  };
}
