import type { LucideIcon } from 'lucide-react';
import { useThrottled } from '../../ui/useThrottled.ts';
import styles from './StatusWords.module.css';

/** Announcements wait this long for the next, so that fast stepping isn't read out number by number. */
const QUIET_MILLISECONDS = 500;

/** How a transport stands: a sentence that is announced, and how much is done. */
export function StatusWords(props: {
  readonly name: string;
  readonly text: string;
  /** From 0 to 1. */
  readonly done: number;
  readonly icon: LucideIcon;
  readonly tone: string;
}) {
  const { name, done, icon: Icon, tone } = props;
  const text = useThrottled(props.text, QUIET_MILLISECONDS);
  return (
    <div className={styles['line']}>
      <p className={styles['words']}>
        <Icon size={17} className={styles[tone]} aria-hidden />
        <output aria-label={name} aria-live="polite" title={text}>
          {text}
        </output>
      </p>
      <div className={styles['track']} aria-hidden>
        <div
          className={styles['fill']}
          style={{ transform: `scaleX(${String(Math.min(1, done))})` }}
        />
      </div>
    </div>
  );
}
