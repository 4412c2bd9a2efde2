import { clsx } from 'clsx';
import { Pause, Play, Square, StepForward } from 'lucide-react';
import { isBusy, type RunPhase } from '../../../store/train/types.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { BackendSelect } from '../../device/BackendSelect.tsx';
import { RestartButton } from './RestartButton.tsx';
import styles from './TrainButtons.module.css';
import { SteadyButton } from '../../../ui/SteadyButton.tsx';

/** Train, one step, stop; restart where a setting asks for it; and where it runs. */
export function TrainButtons() {
  const phase = useApp((state) => state.runPhase);
  const { train, pauseTraining, stepTraining, askToStop } = useAppStore().getState();
  const going = phase === 'running' || phase === 'pausing';
  const longer = useApp(
    ({ run, experiment }) => run !== null && experiment.train.steps > run.applied.train.steps,
  );
  const stays = phase === 'finished' && longer ? undefined : staying[phase];
  return (
    <div className={styles['buttons']}>
      {going ? (
        <SteadyButton
          className={clsx(styles['button'], styles['main'])}
          aria-label="Pause training"
          title="Pause after this step (Space)"
          disabled={phase === 'pausing'}
          onClick={pauseTraining}
        >
          <Pause size={18} fill="currentColor" aria-hidden />
          Pause
        </SteadyButton>
      ) : (
        <SteadyButton
          className={clsx(styles['button'], styles['main'])}
          title={
            stays ?? (phase === 'paused' ? 'Go on training (Space)' : 'Begin to train (Space)')
          }
          disabled={stays !== undefined}
          onClick={train}
        >
          <Play size={18} fill="currentColor" aria-hidden />
          Train
        </SteadyButton>
      )}
      <SteadyButton
        className={styles['button']}
        aria-label="One step"
        title={stays ?? 'One update of the parameters (→)'}
        disabled={going || stays !== undefined}
        onClick={stepTraining}
      >
        <StepForward size={19} aria-hidden />
      </SteadyButton>
      <SteadyButton
        className={styles['button']}
        aria-label="Stop training"
        title="End this run; its checkpoints stay"
        disabled={phase === 'idle'}
        onClick={askToStop}
      >
        <Square size={16} fill="currentColor" aria-hidden />
      </SteadyButton>
      <RestartButton />
      <TrainsOn />
    </div>
  );
}

/** Why Train can't be pressed, where it can't. */
const staying: Readonly<Partial<Record<RunPhase, string>>> = {
  preparing: 'The run is being prepared',
  finished: 'The run has made all its steps. Raise the steps to go on, or begin again',
  nonfinite: 'The numbers blew up: see the message above',
  diverged: 'The loss blew up: see the message above',
};

/** Where training computes. */
function TrainsOn() {
  const chosen = useApp((state) => state.trainBackend);
  const device = useApp((state) => state.trainDevice);
  const busy = useApp(({ runPhase }) => isBusy(runPhase));
  const { setTrainBackend } = useAppStore().getState();
  return (
    <BackendSelect
      {...{ chosen, device, onChoose: setTrainBackend }}
      className={styles['backend']}
      refusal={busy ? 'Pause to change it' : undefined}
    />
  );
}
