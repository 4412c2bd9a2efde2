import { formatPeak } from '../../../format.ts';
import { Readout } from '../../../ui/Readout.tsx';
import { formatPercent, savedSentence, type MemoryPanel } from './memoryPanel.ts';
import { MoreThanUnrolled } from './MoreThanUnrolled.tsx';
import styles from './MemoryCard.module.css';

/** The claim in three numbers and a sentence: all three measured, or all three predicted. */
export function MemoryFigures({ panel }: { readonly panel: MemoryPanel }) {
  const { peaks, saved, measured } = panel;
  const kind = measured ? 'Measured on this device' : 'Predicted by the formula; press Measure';
  const readout = (label: string, value: string) => (
    <Readout label={label} title={kind} value={value} className={styles['figure']} />
  );
  return (
    <>
      <div className={styles['figures']}>
        {readout('DEQ peak', formatPeak(peaks.deq))}
        {readout('unrolled peak', formatPeak(peaks.unrolled))}
        {readout(saved < 0 ? 'memory added' : 'memory saved', formatPercent(Math.abs(saved)))}
      </div>
      <p className={styles['claim']}>{savedSentence(panel)}</p>
      {saved < 0 && <MoreThanUnrolled panel={panel} />}
    </>
  );
}
