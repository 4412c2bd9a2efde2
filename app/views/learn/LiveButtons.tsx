import { Pause, Play, RotateCcw, StepForward, type LucideIcon } from 'lucide-react';
import { useApp, useAppStore } from '../../store/context.ts';
import { isFinal, phaseOf } from '../../store/solve/phase.ts';
import styles from './Panel.module.css';
import { SteadyButton } from '../../ui/SteadyButton.tsx';

/** What drives a live panel. `start` makes it live first. */
interface ButtonsProps {
  readonly live: boolean;
  readonly start: () => void;
}

/** Step, Play and Reset of the page's own solve. */
export function SolveButtons({ live, start }: ButtonsProps) {
  const playing = useApp((state) => live && state.activity === 'running');
  const over = useApp((state) => live && isFinal(phaseOf(state)));
  const { step, play, pause, reset } = useAppStore().getState();
  const first = (act: () => void) => () => {
    if (!live) start();
    act();
  };
  return (
    <>
      <Button
        label="Step"
        icon={StepForward}
        disabled={over}
        onClick={first(() => {
          step();
        })}
      />
      {playing ? (
        <Button label="Pause" icon={Pause} onClick={pause} />
      ) : (
        <Button label="Play" icon={Play} main onClick={first(play)} />
      )}
      <Button label="Reset" icon={RotateCcw} disabled={!live} onClick={reset} />
    </>
  );
}

/** One step, Train and Reset of the page's own training run. */
export function TrainingButtons({ live, start }: ButtonsProps) {
  const phase = useApp((state) => state.runPhase);
  const { train, stepTraining, pauseTraining, askToStop } = useAppStore().getState();
  const going = live && (phase === 'running' || phase === 'pausing');
  const stays = live && !['idle', 'paused'].includes(phase);
  const first = (act: () => void) => () => {
    if (!live) start();
    act();
  };
  return (
    <>
      <Button label="One step" icon={StepForward} disabled={stays} onClick={first(stepTraining)} />
      {going ? (
        <Button label="Pause" icon={Pause} disabled={phase === 'pausing'} onClick={pauseTraining} />
      ) : (
        <Button label="Train" icon={Play} main disabled={stays} onClick={first(train)} />
      )}
      <Button
        label="Reset"
        icon={RotateCcw}
        disabled={!live || phase === 'idle'}
        onClick={askToStop}
      />
    </>
  );
}

function Button(props: {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly main?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  const { label, icon: Icon, main = false, disabled = false, onClick } = props;
  return (
    <SteadyButton
      className={main ? styles['main'] : undefined}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon size={16} aria-hidden />
      {label}
    </SteadyButton>
  );
}
