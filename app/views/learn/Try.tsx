import type { ReactNode } from 'react';
import { useAppStore } from '../../store/context.ts';
import { demonstrate, type Demonstration } from './demonstrate.ts';
import styles from './Try.module.css';

/** Words that do what they say: they open the view, make the settings and go to the control. */
export function Try(props: Demonstration & { readonly children: ReactNode }) {
  const { children, ...demonstration } = props;
  const store = useAppStore();
  return (
    <button
      type="button"
      className={styles['link']}
      onClick={() => {
        demonstrate(store, demonstration);
      }}
    >
      {children}
    </button>
  );
}
