import { isFinal, phaseOf } from '../../store/solve/phase.ts';

import { canFork, cursorOn, shownRecords } from '../../store/solve/shown.ts';
import type { AppState } from '../../store/state.ts';
import type { Command } from './command.ts';

const here = (state: AppState): boolean => state.view === 'solve' && phaseOf(state) !== 'failed';
const past = (state: AppState): boolean => cursorOn(state) !== null;
const canCompute = (state: AppState): boolean => here(state) && !isFinal(phaseOf(state));
const canMove = (state: AppState): boolean => past(state) || canCompute(state);
const canGoBack = (state: AppState): boolean =>
  state.view === 'solve' && (cursorOn(state) ?? shownRecords(state).length - 1) > 0;
const axes = ['iteration', 'evaluations', 'milliseconds'] as const;

/** What drives the solve. */
export const solveCommands: readonly Command[] = [
  {
    id: 'play',
    group: 'Solve',
    keys: ['Space'],
    what: 'Play or pause',
    bar: 'play or pause',
    when: here,
    run: ({ activity, replaying, play, pause }) => {
      if (activity === 'running' || replaying) pause();
      else play();
    },
  },
  {
    id: 'step',
    group: 'Solve',
    keys: ['ArrowRight'],
    what: 'One iteration on',
    bar: 'one iteration',
    when: (state) => state.view === 'solve' && canMove(state),
    run: ({ step }) => {
      step();
    },
    repeats: true,
  },
  {
    id: 'back',
    group: 'Solve',
    keys: ['ArrowLeft'],
    what: 'One iteration back',
    bar: 'back',
    when: canGoBack,
    run: ({ back }) => {
      back(1);
    },
    repeats: true,
  },
  {
    id: 'step-ten',
    group: 'Solve',
    keys: ['Shift+ArrowRight'],
    what: 'Ten iterations on',
    when: (state) => state.view === 'solve' && canMove(state),
    run: ({ step }) => {
      step(10);
    },
    repeats: true,
  },
  {
    id: 'back-ten',
    group: 'Solve',
    keys: ['Shift+ArrowLeft'],
    what: 'Ten iterations back',
    when: canGoBack,
    run: ({ back }) => {
      back(10);
    },
    repeats: true,
  },
  {
    id: 'first',
    group: 'Solve',
    keys: ['Home'],
    what: 'Look back at iteration 0',
    when: canGoBack,
    run: ({ goTo }) => {
      goTo(0);
    },
  },
  {
    id: 'head',
    group: 'Solve',
    keys: ['End'],
    what: 'From the past: the newest iteration',
    when: (state) => state.view === 'solve' && past(state),
    run: ({ goTo }) => {
      goTo(null);
    },
  },
  {
    id: 'run-to-end',
    group: 'Solve',
    keys: ['End', 'Mod+Enter'],
    what: 'Run to convergence',
    bar: 'run to convergence',
    when: canCompute,
    run: ({ runToEnd }) => {
      runToEnd();
    },
    inFields: true,
  },
  {
    id: 'reset',
    group: 'Solve',
    keys: ['R'],
    what: 'Back to z₀, with the same seed',
    bar: 'back to z₀',
    when: here,
    run: ({ reset }) => {
      reset();
    },
  },
  {
    id: 'pin',
    group: 'Solve',
    keys: ['P'],
    what: 'Pin this trace in the chart',
    when: (state) => state.view === 'solve' && shownRecords(state).length > 0,
    run: ({ pin }) => {
      pin();
    },
  },
  {
    id: 'fork',
    group: 'Solve',
    keys: ['F'],
    what: 'Fork: go on from here with another solver',
    when: (state) => here(state) && canFork(state),
    run: ({ openTool }) => {
      openTool('fork');
    },
  },
  {
    id: 'perturb',
    group: 'Solve',
    what: 'Perturb z: does it come back?',
    when: (state) => here(state) && canFork(state),
    run: ({ openTool }) => {
      openTool('perturb');
    },
  },
  {
    id: 'until',
    group: 'Solve',
    what: 'Run until a condition',
    when: here,
    run: ({ openTool }) => {
      openTool('until');
    },
  },
  {
    id: 'axis',
    group: 'Solve',
    keys: ['X'],
    what: 'Horizontal axis: iterations, evaluations or time',
    when: ({ view }) => view === 'solve',
    run: ({ axis, setAxis }) => {
      setAxis(axes[(axes.indexOf(axis) + 1) % axes.length] ?? 'iteration');
    },
  },
  {
    id: 'auto-run',
    group: 'Solve',
    what: 'Solve again after each change: on or off',
    run: ({ autoRun, setAutoRun }) => {
      setAutoRun(!autoRun);
    },
  },
  {
    id: 'scale',
    group: 'Solve',
    keys: ['L'],
    what: 'Residual axis: logarithmic or linear',
    when: ({ view }) => view === 'solve',
    run: ({ scale, setScale }) => {
      setScale(scale === 'log' ? 'linear' : 'log');
    },
  },
  {
    id: 'table',
    group: 'Solve',
    what: 'Residuals as a chart or as a table',
    when: ({ view }) => view === 'solve',
    run: ({ residualView, setResidualView }) => {
      setResidualView(residualView === 'chart' ? 'table' : 'chart');
    },
  },
  {
    id: 'pass',
    group: 'Solve',
    what: 'Forward or backward solve',
    when: ({ view, hidden }) => view === 'solve' && !hidden.includes('backward.*'),
    run: ({ pass, showPass }) => {
      showPass(pass === 'forward' ? 'backward' : 'forward');
    },
  },
  {
    id: 'spectrum',
    group: 'Solve',
    what: 'Estimate the spectrum at this point',
    when: (state) => here(state) && state.engine === 'on' && !state.spectrum.busy,
    run: ({ estimateSpectrum }) => {
      estimateSpectrum(false);
    },
  },
];
