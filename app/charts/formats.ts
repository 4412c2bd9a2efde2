/**
 * What d3-scale gets in the place of d3-format, which makes texts of ticks: ours are made by `app/format.ts`, and
 * Recharts asks no scale for them.
 */
function absent(): never {
  throw new Error('Scales here write no ticks: give the axis a tickFormatter.');
}

export {
  absent as format,
  absent as formatPrefix,
  absent as formatSpecifier,
  absent as precisionFixed,
  absent as precisionPrefix,
  absent as precisionRound,
};
