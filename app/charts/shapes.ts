/**
 * d3-shape without what no chart here draws. Recharts keeps every curve and every way of stacking in a table to be
 * looked up by name, so a bundler has to keep them too. A chart that needs one takes it out of the list below.
 */
export * from 'd3-shape';

function absent(): never {
  throw new Error(
    'No chart here draws this shape: take it out of the list in app/charts/shapes.ts.',
  );
}

// A name of our own stands before one from `export *`. Left is `curveLinear`, the only curve drawn.
export {
  absent as curveBasis,
  absent as curveBasisClosed,
  absent as curveBasisOpen,
  absent as curveBumpX,
  absent as curveBumpY,
  absent as curveLinearClosed,
  absent as curveMonotoneX,
  absent as curveMonotoneY,
  absent as curveNatural,
  absent as curveStep,
  absent as curveStepAfter,
  absent as curveStepBefore,
  absent as stackOffsetExpand,
  absent as stackOffsetSilhouette,
  absent as stackOffsetWiggle,
};
