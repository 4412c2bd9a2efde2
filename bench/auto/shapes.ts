import { changeSettings, presetExperiment, type Experiment } from '../../src/schema/experiment.ts';
import type { Work } from '../../app/store/engine/backends.ts';

/** Some work of the page's. */
export interface Shape {
  readonly name: string;
  readonly work: Work;
  readonly experiment: Experiment;
}

/** Ten of them, of all families and of sizes that suit either backend. */
export const shapes = (): readonly Shape[] => [
  { name: 'tanh', work: 'solve', experiment: presetExperiment('contraction') },
  { name: 'transformer', work: 'solve', experiment: presetExperiment('char-transformer') },
  {
    name: 'transformer, medium',
    work: 'solve',
    experiment: changeSettings(presetExperiment('long-text'), {
      'cell.width': 128,
      'cell.inner': 256,
    }),
  },
  { name: 'TrellisNet', work: 'solve', experiment: presetExperiment('trellisnet') },
  { name: 'monotone digit', work: 'solve', experiment: presetExperiment('monotone-digit') },
  { name: 'steady', work: 'solve', experiment: presetExperiment('steady-flow') },
  { name: 'multiscale digit', work: 'solve', experiment: presetExperiment('multiscale-digit') },
  { name: 'picture', work: 'solve', experiment: presetExperiment('picture-waves') },
  { name: 'training on a text', work: 'train', experiment: presetExperiment('train-moby-dick') },
  { name: 'training on points', work: 'train', experiment: presetExperiment('train-skip') },
];
