/** What families that tell digits apart have in common in PyTorch. */
import { labelOf, type DigitInput } from './digitSettings.ts';
import reading from './digitReading.py?raw';
import digits from './digits.py?raw';
import type { Json, TorchFamily } from './torch.ts';

/** Their Python and the command that trains it; `program` is a family's own part. */
export const digitProgram = (program: string): Pick<TorchFamily, 'source' | 'trainCommand'> => ({
  source: `${digits}\n${reading}\n${program}`,
  trainCommand: 'train --data mnist.bin',
});

/** A set-up's drawing as the constant INPUT. */
export const digitInput = (input: DigitInput): Json => ({
  drawing: input.pixels,
  digit: labelOf(input),
});

/** The line on it in a program's head. */
export const drawingInWords = (input: DigitInput): string => {
  const label = labelOf(input);
  return `given a drawing of ${label === null ? 'what is not said' : `a ${String(label)}`}.`;
};
