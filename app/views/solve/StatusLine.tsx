import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlay,
  LoaderCircle,
  OctagonAlert,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { useApp } from '../../store/context.ts';
import { phaseOf, type Phase } from '../../store/phase.ts';
import { shownRecords, solverOf } from '../../store/shown.ts';
import { statusText } from '../../store/statusText.ts';
import { useThrottled } from '../../ui/useThrottled.ts';
import styles from './StatusLine.module.css';

const icons: Readonly<Record<Phase, { readonly icon: LucideIcon; readonly tone: string }>> = {
  recorded: { icon: CircleDashed, tone: 'quiet' },
  starting: { icon: LoaderCircle, tone: 'busy' },
  preparing: { icon: LoaderCircle, tone: 'busy' },
  ready: { icon: CirclePlay, tone: 'quiet' },
  running: { icon: CirclePlay, tone: 'live' },
  paused: { icon: CirclePause, tone: 'quiet' },
  converged: { icon: CircleCheck, tone: 'good' },
  'max-iterations': { icon: TriangleAlert, tone: 'warn' },
  stalled: { icon: TriangleAlert, tone: 'warn' },
  diverged: { icon: TriangleAlert, tone: 'warn' },
  nonfinite: { icon: TriangleAlert, tone: 'warn' },
  failed: { icon: OctagonAlert, tone: 'bad' },
};

/** Announcements wait this long for the next, so that fast stepping isn't read out number by number. */
const QUIET_MILLISECONDS = 500;

/** How the solve stands, in words, and how much of the allowed iterations it has used. */
export function StatusLine() {
  const text = useThrottled(useApp(statusText), QUIET_MILLISECONDS);
  const phase = useApp(phaseOf);
  const iteration = useApp((state) => shownRecords(state).at(-1)?.iteration ?? 0);
  const limit = useApp(({ applied, pass }) => solverOf(applied, pass).maxIterations);
  const { icon: Icon, tone } = icons[phase];
  return (
    <div className={styles['line']}>
      <p className={styles['words']}>
        <Icon size={17} className={styles[tone]} aria-hidden />
        <output aria-label="status" aria-live="polite" title={text}>
          {text}
        </output>
      </p>
      <div className={styles['track']} aria-hidden>
        <div
          className={styles['fill']}
          style={{ transform: `scaleX(${String(Math.min(1, iteration / limit))})` }}
        />
      </div>
    </div>
  );
}
