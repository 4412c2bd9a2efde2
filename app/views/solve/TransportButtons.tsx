import { FastForward, Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { useApp, useAppStore } from '../../store/context.ts';
import { isFinal, phaseOf } from '../../store/phase.ts';
import type { Speed } from '../../store/state.ts';
import styles from './TransportButtons.module.css';

const speeds: readonly Speed[] = [1, 4, 16, 'max'];

/** Reset, Step, Play and Run to convergence, and how fast Play goes. */
export function TransportButtons() {
  const phase = useApp(phaseOf);
  const playing = useApp((state) => state.activity === 'running' && !state.fault);
  const speed = useApp((state) => state.speed);
  const { step, play, pause, runToEnd, reset, setSpeed } = useAppStore().getState();
  const failed = phase === 'failed';
  const over = isFinal(phase);
  const why = failed
    ? 'The engine isn’t running: see the message above'
    : over
      ? 'The solve has ended. Reset it or change a setting to go on'
      : null;
  return (
    <div className={styles['buttons']}>
      <button
        type="button"
        className={styles['button']}
        aria-label="Reset"
        title="Back to z₀: the same weights, the same start (R)"
        disabled={failed}
        onClick={reset}
      >
        <RotateCcw size={19} aria-hidden />
      </button>
      <button
        type="button"
        className={styles['button']}
        aria-label="Step"
        title={why ?? 'One iteration of the solver (→)'}
        disabled={failed || over}
        onClick={step}
      >
        <StepForward size={20} aria-hidden />
      </button>
      <button
        type="button"
        className={`${styles['button'] ?? ''} ${styles['play'] ?? ''}`}
        aria-label={playing ? 'Pause' : 'Play'}
        title={playing ? 'Pause after this iteration (Space)' : playTitle(over)}
        disabled={failed}
        onClick={playing ? pause : play}
      >
        {playing ? (
          <Pause size={20} fill="currentColor" aria-hidden />
        ) : (
          <Play size={20} fill="currentColor" aria-hidden />
        )}
      </button>
      <button
        type="button"
        className={styles['button']}
        aria-label="Run to convergence"
        title={why ?? 'As fast as it goes, until the solve ends (End)'}
        disabled={failed || over}
        onClick={runToEnd}
      >
        <FastForward size={20} aria-hidden />
      </button>
      <select
        className={styles['speed']}
        aria-label="Speed"
        title="Iterations a second that Play aims at"
        value={String(speed)}
        onChange={({ target }) => {
          setSpeed(speeds.find((one) => String(one) === target.value) ?? 4);
        }}
      >
        {speeds.map((one) => (
          <option key={one} value={String(one)}>
            {one === 'max' ? 'max' : `${String(one)} it/s`}
          </option>
        ))}
      </select>
    </div>
  );
}

const playTitle = (over: boolean): string =>
  over ? 'Play again from z₀ (Space)' : 'Iterate at the chosen speed (Space)';
