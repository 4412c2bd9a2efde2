import { Readouts } from './Readouts.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TransportButtons } from './TransportButtons.tsx';
import styles from './Transport.module.css';

/** The bar that drives the solve. On a phone its numbers go to the top, its buttons to the thumb. */
export function Transport() {
  return (
    <section className={styles['transport']} aria-label="Transport">
      <div className={styles['buttons']}>
        <TransportButtons />
      </div>
      <div className={styles['state']}>
        <StatusLine />
      </div>
      <div className={styles['readouts']}>
        <Readouts />
      </div>
    </section>
  );
}
