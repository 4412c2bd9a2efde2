import { clsx } from 'clsx';
import styles from './Formula.module.css';
import formulas from './formulas.tex.json';

/** Name of a formula in `formulas.tex.json`. */
export type FormulaName = keyof typeof formulas;

/** A formula, typeset while the page was built; on a line of its own, or with `inline` in the text. */
export function Formula(props: { readonly name: FormulaName; readonly inline?: boolean }) {
  // Our own file, made into MathML by our own build.
  const html = { __html: formulas[props.name] };
  return (
    <span
      className={clsx(styles['formula'], !props.inline && styles['block'])}
      dangerouslySetInnerHTML={html}
    />
  );
}
