/**
 * What d3-scale needs of d3-interpolate: its scales go from numbers to pixels here. By default they also take
 * colours, dates, arrays and texts for their ends, which would bring d3-color with all its spaces.
 */
export {
  interpolateNumber as interpolate,
  interpolateNumber,
  interpolateRound,
  piecewise,
} from 'd3-interpolate';
