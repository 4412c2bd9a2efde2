import { Typeset } from '../../ui/Typeset.tsx';
import formulas from './formulas.tex.json';

/** Name of a formula in `formulas.tex.json`. */
export type FormulaName = keyof typeof formulas;

/** A formula of a lesson, on a line of its own, or with `inline` in the text. */
export const Formula = (props: { readonly name: FormulaName; readonly inline?: boolean }) => (
  <Typeset math={formulas[props.name]} inline={props.inline} />
);
