import { clsx } from 'clsx';
import {
  ChevronDown,
  FastForward,
  Pause,
  Play,
  RotateCcw,
  StepBack,
  StepForward,
} from 'lucide-react';
import { useApp, useAppStore } from '../../store/context.ts';
import { isFinal, phaseOf } from '../../store/solve/phase.ts';
import { cursorOn, shownRecords } from '../../store/solve/shown.ts';
import type { Speed } from '../../store/state.ts';
import { isBounded } from '../../store/solve/until.ts';
import styles from './TransportButtons.module.css';
import { ToolButton } from './travel/ToolButton.tsx';
import { SteadyButton } from '../../ui/SteadyButton.tsx';

const speeds: readonly Speed[] = [1, 4, 16, 'max'];

/** Reset, Step, Play and Run to convergence, and how fast Play goes. */
export function TransportButtons() {
  const phase = useApp(phaseOf);
  const playing = useApp(
    (state) => (state.activity === 'running' || state.replaying) && !state.fault,
  );
  const speed = useApp((state) => state.speed);
  const { step, back, play, pause, runToEnd, reset, setSpeed } = useAppStore().getState();
  const failed = phase === 'failed';
  const past = useApp((state) => cursorOn(state) !== null);
  const first = useApp((state) => (cursorOn(state) ?? shownRecords(state).length - 1) <= 0);
  const bounded = useApp((state) => isBounded(state.until));
  const over = isFinal(phase) && !past;
  const why = failed
    ? 'The engine isn’t running: see the message above'
    : over
      ? 'The solve has ended. Reset it or change a setting to go on'
      : null;
  return (
    <div className={styles['buttons']}>
      <SteadyButton
        className={styles['button']}
        aria-label="Reset"
        title="Back to z₀: the same weights, the same start (R)"
        disabled={failed}
        onClick={reset}
      >
        <RotateCcw size={19} aria-hidden />
      </SteadyButton>
      <SteadyButton
        className={styles['button']}
        aria-label="Step back"
        title="Show what was one iteration before (←)"
        disabled={first}
        onClick={() => {
          back(1);
        }}
      >
        <StepBack size={20} aria-hidden />
      </SteadyButton>
      <SteadyButton
        className={styles['button']}
        aria-label="Step"
        title={why ?? 'One iteration of the solver (→)'}
        disabled={failed || over}
        onClick={() => {
          step();
        }}
      >
        <StepForward size={20} aria-hidden />
      </SteadyButton>
      <SteadyButton
        className={`${styles['button'] ?? ''} ${styles['play'] ?? ''}`}
        aria-label={playing ? 'Pause' : 'Play'}
        title={playing ? 'Pause after this iteration (Space)' : playTitle(over, past)}
        disabled={failed}
        onClick={playing ? pause : play}
      >
        {playing ? (
          <Pause size={20} fill="currentColor" aria-hidden />
        ) : (
          <Play size={20} fill="currentColor" aria-hidden />
        )}
      </SteadyButton>
      <SteadyButton
        className={styles['button']}
        aria-label="Run to convergence"
        title={why ?? 'As fast as it goes, until the solve ends (End)'}
        disabled={failed || over}
        onClick={runToEnd}
      >
        <FastForward size={20} aria-hidden />
      </SteadyButton>
      <ToolButton
        tool="until"
        className={clsx(styles['until'], bounded && styles['bounded'])}
        label="Run until"
        title="Conditions at which Play and Run pause by themselves"
        disabled={failed}
      >
        <ChevronDown size={16} aria-hidden />
      </ToolButton>
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

const playTitle = (over: boolean, past: boolean): string =>
  past
    ? 'Play on from here: what is recorded, then what comes (Space)'
    : over
      ? 'Play again from z₀ (Space)'
      : 'Iterate at the chosen speed (Space)';
