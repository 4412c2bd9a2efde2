import { formatPower, formatResidual, plural } from '../format.ts';
import { worst } from '../charts/series.ts';
import { phaseOf } from './phase.ts';
import type { AppState } from './state.ts';

/** How the page stands, in one plain sentence that follows from the state alone. */
export function statusText(state: AppState): string {
  const { records, applied, fault, pace } = state;
  const { tolerance, maxIterations, stopMode, method } = applied.solver;
  const newest = records.at(-1);
  const iteration = newest?.iteration ?? 0;
  const residual = newest ? formatResidual(worst(newest[stopMode])) : '';
  switch (phaseOf(state)) {
    case 'recorded':
      return `Recorded run. Press Step to compute it live ${here[state.device?.backend.name ?? 'webgpu']}.`;
    case 'starting':
      return 'Starting the engine…';
    case 'preparing':
      return 'Building the layer and its starting point…';
    case 'ready':
      return 'Ready at z₀, the starting point. Press Step or Play.';
    case 'running':
      return pace === 'max' ? 'Running at full speed' : `Running, ${String(pace)} a second`;
    case 'paused':
      return `Paused at iteration ${String(iteration)}`;
    case 'converged':
      return newest?.rel.length === 1
        ? `Converged: the residual is below ${formatPower(tolerance)} after ${plural(iteration, 'iteration')}`
        : `Converged: every sample is below ${formatPower(tolerance)} after ${plural(iteration, 'iteration')}`;
    case 'max-iterations':
      return `Reached the limit of ${plural(maxIterations, 'iteration')} before converging`;
    case 'stalled':
      return `Stalled at ${residual}: 30 iterations changed little. Float32 may allow no less; try a larger tolerance`;
    case 'diverged':
      return method === 'picard'
        ? 'Diverged: the residual grew a thousandfold. Try Anderson or Broyden, or a smaller weight gain'
        : 'Diverged: the residual grew a thousandfold. Try another method, or a smaller weight gain';
    case 'nonfinite':
      return `Stopped at iteration ${String(iteration)}: the residual is no longer a finite number. Try a smaller weight gain`;
    case 'failed':
      return fault?.kind === 'bad-input' || fault?.kind === 'out-of-memory'
        ? 'This set-up couldn’t be run; the message above says why'
        : 'The engine stopped; the message above says why';
  }
}

/** Hoped for until the engine says otherwise. */
const here = {
  webgpu: 'on your GPU',
  wasm: 'here, on WebAssembly',
  cpu: 'here, on the CPU',
} as const;
