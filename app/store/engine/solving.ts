/** What drives the Solve view's engine, as one part that is fetched beside the first paint. */
export { startEngine } from '../../../src/engine/client.ts';
export { createSolveLane } from './solveLane.ts';
