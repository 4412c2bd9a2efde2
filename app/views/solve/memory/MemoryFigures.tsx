import { formatPeak } from '../../../format.ts';
import { Readout } from '../../../ui/Readout.tsx';
import { formatPercent, savedSentence, type MemoryPanel } from './memoryPanel.ts';
import styles from './MemoryCard.module.css';

/** The claim in three numbers and a sentence. */
export function MemoryFigures({ panel }: { readonly panel: MemoryPanel }) {
  const [deq, unrolled] = panel.rows;
  const kind = (measured: boolean | undefined): string =>
    measured ? 'Measured on this device' : 'Predicted by the formula; press Measure';
  return (
    <>
      <div className={styles['figures']}>
        <Readout
          label="DEQ peak"
          title={kind(deq?.measured)}
          value={formatPeak(deq?.peak)}
          className={styles['figure']}
        />
        <Readout
          label="unrolled peak"
          title={kind(unrolled?.measured)}
          value={formatPeak(unrolled?.peak)}
          className={styles['figure']}
        />
        <Readout
          label="memory saved"
          title={kind(panel.measured)}
          value={formatPercent(panel.saved)}
          className={styles['figure']}
        />
      </div>
      <p className={styles['claim']}>{savedSentence(panel)}</p>
    </>
  );
}
