import { Fragment } from 'react';
import { capsOf } from './keys.ts';
import styles from './Caps.module.css';

/** Key combinations drawn as keys, any of which does it. */
export function Caps({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className={styles['caps']}>
      {keys.map((combination, index) => (
        <Fragment key={combination}>
          {index > 0 && <span className={styles['or']}>or</span>}
          {capsOf(combination).map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
