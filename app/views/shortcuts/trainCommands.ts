import type { AppState } from '../../store/state.ts';
import type { Command } from './command.ts';

const canTrain = ({ view, runPhase }: AppState): boolean =>
  view === 'train' && (runPhase === 'idle' || runPhase === 'paused');

/** What drives training. */
export const trainCommands: readonly Command[] = [
  {
    id: 'train',
    group: 'Train',
    keys: ['Space'],
    what: 'Train or pause',
    bar: 'train or pause',
    when: (state) => canTrain(state) || (state.view === 'train' && state.runPhase === 'running'),
    run: ({ runPhase, train, pauseTraining }) => {
      if (runPhase === 'running') pauseTraining();
      else train();
    },
  },
  {
    id: 'train-step',
    group: 'Train',
    keys: ['ArrowRight'],
    what: 'One training step',
    bar: 'one step',
    when: canTrain,
    run: ({ stepTraining }) => {
      stepTraining();
    },
  },
  {
    id: 'train-from-field',
    group: 'Train',
    keys: ['Mod+Enter'],
    what: 'Train, also while typing in a field',
    when: canTrain,
    run: ({ train }) => {
      train();
    },
    inFields: true,
    keyOnly: true,
  },
];
