import { formatPower, formatResidual, plural } from '../../format.ts';
import { worst } from '../../charts/series.ts';
import { phaseOf, type Phase } from './phase.ts';
import { cursorOn, sharesResidual, shownExperiment, shownRecord, shownRecords } from './shown.ts';
import type { AppState } from '../state.ts';

/** How the solve on screen stands, in one plain sentence that follows from the state alone. */
export function statusText(state: AppState): string {
  const { fault } = state;
  const phase = phaseOf(state);
  if (phase !== 'failed' && phase !== 'starting' && cursorOn(state) !== null)
    return pastText(state);
  switch (phase) {
    case 'recorded':
      return `Recorded run. Press Step to compute it live ${here[state.device?.backend.name ?? 'webgpu']}.`;
    case 'starting':
      return 'Starting the engine…';
    case 'failed':
      return fault?.kind === 'bad-input' || fault?.kind === 'out-of-memory'
        ? 'This set-up couldn’t be run; the message above says why'
        : 'The engine stopped; the message above says why';
    case 'preparing':
    case 'ready':
    case 'running':
    case 'paused':
    case 'converged':
    case 'max-iterations':
    case 'stalled':
    case 'diverged':
    case 'nonfinite':
      return state.pass === 'forward'
        ? forwardText(state, phase)
        : `Adjoint solve: ${adjointText(state, phase)}`;
  }
}

/** Where the visitor looks, when that isn't where the solve is. */
function pastText(state: AppState): string {
  const record = shownRecord(state);
  const head = shownRecords(state).length - 1;
  const where = `iteration ${String(record?.iteration)} of ${String(head)}, relative residual ${newestResidual(record?.rel)}`;
  return state.replaying ? `Replaying: ${where}` : `Looking back at ${where}`;
}

/** When a solve counts as diverged, by stop mode: `blowUp` of the engine. */
const growth = {
  rel: { most: 1e3, words: 'the relative residual grew more than a thousandfold' },
  abs: { most: 1e6, words: 'the absolute residual grew more than a millionfold' },
} as const;

/** What grew: the residual of the stop mode, or ‖f(z) − z‖ itself, `runaway` of the engine, where that did not. */
function whatGrew({ records }: AppState, mode: 'rel' | 'abs'): string {
  const { most, words } = growth[mode];
  const [first, newest] = [records[0]?.[mode] ?? [], records.at(-1)?.[mode] ?? []];
  return newest.some((value, sample) => value > most * (first[sample] ?? Infinity))
    ? words
    : '‖f(z) − z‖ grew more than a billionfold';
}

type Solving = Exclude<Phase, 'recorded' | 'starting' | 'failed'>;

function forwardText(state: AppState, phase: Solving): string {
  const { records, pace, compiling } = state;
  const { tolerance, maxIterations, stopMode } = shownExperiment(state).solver;
  const newest = records.at(-1);
  const iteration = newest?.iteration ?? 0;
  switch (phase) {
    case 'preparing':
      if (compiling) return 'Compiling GPU kernels…';
      // No layer is built for another drawing, whose solve may have come some way already.
      return state.following
        ? 'Solving what is drawn…'
        : 'Building the layer and its starting point…';
    case 'ready':
      return 'Ready at z₀, the starting point. Press Step or Play.';
    case 'running':
      return pace === 'max' ? 'Running at full speed' : `Running, ${String(pace)} a second`;
    case 'paused':
      return pausedText(`Paused at iteration ${String(iteration)}`, state);
    case 'converged':
      return `Converged: ${whatConverged(state)} is below ${formatPower(tolerance)} after ${plural(iteration, 'iteration')}`;
    case 'max-iterations':
      return `Reached the limit of ${plural(maxIterations, 'iteration')} before converging`;
    case 'stalled':
      return `Stalled at ${newestResidual(newest?.[stopMode])}: 30 iterations changed little. Float32 may allow no less; try a larger tolerance`;
    case 'diverged':
      // What helps depends on the cause, which the diagnosis names.
      return `Diverged: ${whatGrew(state, stopMode)}`;
    case 'nonfinite':
      return `Stopped at iteration ${String(iteration)}: the residual is no longer a finite number`;
  }
}

/** What a forward solve's verdict is about. */
function whatConverged(state: AppState): string {
  if (state.records.at(-1)?.rel.length === 1) return 'the residual';
  return sharesResidual(shownExperiment(state), 'forward')
    ? 'the residual of all samples together'
    : 'every sample';
}

/** Names the condition that the visitor set, where one ended the run. */
const pausedText = (words: string, { halted }: AppState): string =>
  halted === null ? words : `${words}: ${halted}`;

/** A backward solve that falls short is never silent: its gradient is wrong by an unknown amount. */
function adjointText(state: AppState, phase: Solving): string {
  const { records, adjoint, applied, pace } = state;
  const { tolerance } = applied.backward;
  const newest = adjoint?.records.at(-1);
  const iteration = newest?.iteration ?? 0;
  const inexact = `did not converge (residual ${newestResidual(newest?.rel)}): the gradient is inexact`;
  switch (phase) {
    case 'preparing':
      return records.length <= 1
        ? 'waiting for the forward solve to end…'
        : 'linearizing f at the forward point…';
    case 'ready':
      return 'ready at u = 0. Press Step or Play.';
    case 'running':
      return pace === 'max' ? 'running at full speed' : `running, ${String(pace)} a second`;
    case 'paused':
      return pausedText(`paused at iteration ${String(iteration)}`, state);
    case 'converged':
      return `converged below ${formatPower(tolerance)} after ${plural(iteration, 'iteration')}`;
    case 'max-iterations':
      return `${inexact}. It reached its limit of ${plural(iteration, 'iteration')}`;
    case 'stalled':
      return `${inexact}. It stalled; float32 may allow no less`;
    case 'diverged':
    case 'nonfinite':
      return `${inexact}. It blew up`;
  }
}

const newestResidual = (values: readonly number[] | undefined): string =>
  values ? formatResidual(worst(values)) : '';

/** Hoped for until the engine says otherwise. */
const here = {
  webgpu: 'on your GPU',
  wasm: 'here, on WebAssembly',
  cpu: 'here, on the CPU',
} as const;
