/**
 * The scales our charts use, in the place of all that d3-scale has: Recharts looks them up by name, so a bundler
 * has to keep every one it is given, with calendars and colours. A chart with another scale adds it here.
 */
export { scaleBand, scaleLinear, scaleLog, scalePoint } from 'd3-scale';
