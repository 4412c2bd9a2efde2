import type { ReactNode } from 'react';

/** One summand, under the name by which a test computes it. */
export interface EquationTerm {
  readonly id: string;
  readonly shows: ReactNode;
}

/**
 * One line of a cell's definition: its terms are added up, and `around` is applied to the sum. The card draws exactly
 * this list, and `equations.test.ts` computes exactly this list, so that the card can't say less than what runs.
 */
export interface EquationLine {
  /** What the line defines. */
  readonly id: string;
  readonly left: ReactNode;
  readonly terms: readonly EquationTerm[];
  /** A function of the sum. */
  readonly around?: { readonly id: string; readonly before: ReactNode; readonly after: ReactNode };
  /** Where the line holds. */
  readonly where?: { readonly id: string; readonly shows: ReactNode };
}

/** A symbol with an index. */
export const Sub = ({ of, at }: { readonly of: string; readonly at: ReactNode }) => (
  <>
    <var>{of}</var>
    <sub>{at}</sub>
  </>
);

/** The left side of the line that is the layer itself. */
export const fOfZ = (
  <>
    <var>f</var>(<var>z</var>, <var>x</var>)
  </>
);

/** A summand. */
export const term = (id: string, shows: ReactNode): EquationTerm => ({ id, shows });
/** A function around a sum. */
export const call = (name: string) => ({ id: name, before: `${name}(`, after: ')' }) as const;
