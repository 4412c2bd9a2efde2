import type { Digits } from '../../inputs/digits.ts';
import { readingTask, type DigitOrder, type DigitReader } from '../digitReading.ts';
import { steppedBy, type ChosenMap } from '../solvedByMap.ts';
import type { Task } from '../task.ts';
import { digitLoss, networkInput, probabilities } from './network.ts';
import {
  monotoneParameters,
  operatorOf,
  randomParameters,
  type DigitNetwork,
} from './parameters.ts';
import { monotoneProblem } from './problem.ts';
import type { Splittings } from './splitting.ts';

/** How a network learns digits. */
export interface DigitsTaskOptions extends DigitOrder {
  readonly network: DigitNetwork;
  readonly m: number;
  readonly gain: number;
  /** The splitting that solves iterate, both ways; absent: f itself. */
  readonly map?: (ChosenMap & { readonly name: keyof Splittings }) | undefined;
}

/** Learning handwritten digits: cross entropy, and how many of those held out are told right. */
export function digitsTask(digits: Digits, options: DigitsTaskOptions): Task {
  const { network, m, gain, map } = options;
  const reader: DigitReader = {
    parameters: monotoneParameters(network, gain),
    initialize: (seed) => randomParameters(network, seed, gain),
    problem: (pictures, labels) => {
      const operator = operatorOf(network, m);
      const input = networkInput(network, pictures);
      return (params) => {
        const plain = monotoneProblem({
          ...{ operator, params, input },
          samples: labels.map(String),
          loss: digitLoss(network, labels),
          observe: () => Promise.resolve([]),
        });
        return map ? { ...plain, solvedBy: steppedBy(plain, map) } : plain;
      };
    },
    probabilities: (params, z) => probabilities(network, params, z),
  };
  return readingTask(digits, reader, options);
}
