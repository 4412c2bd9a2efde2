import type { Digits } from '../../inputs/digits.ts';
import { digitCrossEntropy, readingTask, type DigitOrder } from '../digitReading.ts';
import type { Task } from '../task.ts';
import {
  logits,
  networkParameters,
  probabilities,
  randomNetwork,
  scalesOf,
  stem,
  type DigitScales,
} from './network.ts';
import { multiscaleProblem } from './problem.ts';

/** How a network learns digits. */
export interface MultiscaleTaskOptions extends DigitOrder {
  readonly network: DigitScales;
  readonly gain: number;
}

/** Learning handwritten digits: cross entropy, and how many of those held out are told right. */
export function multiscaleTask(digits: Digits, options: MultiscaleTaskOptions): Task {
  const { network, gain } = options;
  const scales = scalesOf(network);
  return readingTask(
    digits,
    {
      parameters: networkParameters(network),
      initialize: (seed) => randomNetwork(network, seed, gain),
      problem: (pictures, labels) => {
        const input = stem(pictures);
        return (params) =>
          multiscaleProblem({
            ...{ scales, params, input },
            samples: labels.map(String),
            loss: (given, z) => digitCrossEntropy(logits(given, z), labels),
            observe: () => Promise.resolve([]),
          });
      },
      probabilities,
    },
    options,
  );
}
