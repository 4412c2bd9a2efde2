/** Settings of families that tell handwritten digits apart. */
import { heldOutSeven, longestDrawing } from '../inputs/drawing.ts';
import { choice, int, text } from '../schema/field.ts';

/** What a network that tells digits apart looks at. */
export const digitFields = {
  pixels: text({
    label: 'Drawing',
    help: 'A digit on 28 × 28 pixels, drawn or picked from those that were held out of training.',
    // A held-out seven.
    default: heldOutSeven,
    maxLength: longestDrawing,
  }),
  digit: choice({
    label: 'It is meant as',
    help: 'The right answer: the loss behind gradients is the cross entropy against it. Unsaid, it is that against the network’s own first guess.',
    default: '7',
    labels: {
      unsaid: 'not said',
      ...{ 0: '0', 1: '1', 2: '2', 3: '3', 4: '4' },
      ...{ 5: '5', 6: '6', 7: '7', 8: '8', 9: '9' },
    },
  }),
} as const;

/** A digit that was drawn or picked, and what it is meant as, as set-ups have them. */
export interface DigitInput {
  readonly pixels: string;
  readonly digit: string;
}

/** What a drawing is meant as; null where that is not said. */
export const labelOf = ({ digit }: Pick<DigitInput, 'digit'>): number | null =>
  digit === 'unsaid' ? null : Number(digit);

/** A drawing in a few words. */
export const drawnInWords = (input: Pick<DigitInput, 'digit'>): string => {
  const label = labelOf(input);
  return label === null ? 'a drawing' : `a drawn ${String(label)}`;
};

/** How far digits are moved in training. */
export const shiftField = int({
  label: 'Shift',
  unit: 'pixels',
  help: 'In training every digit is moved by up to so many pixels at random, so that a drawing need not be centred.',
  default: 1,
  min: 0,
  max: 4,
  advanced: true,
});
