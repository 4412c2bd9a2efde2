import { clsx } from 'clsx';
import styles from './Typeset.module.css';

/** MathML that our own build made of TeX: on a line of its own, or with `inline` in the text. */
export function Typeset(props: { readonly math: string; readonly inline?: boolean | undefined }) {
  return (
    <span
      className={clsx(styles['formula'], !props.inline && styles['block'])}
      translate="no"
      dangerouslySetInnerHTML={{ __html: props.math }}
    />
  );
}
