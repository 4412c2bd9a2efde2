import { learningRateAt } from '../../../src/schema/schedule.ts';
import { useApp } from '../../store/context.ts';
import { scheduleWords } from './scheduleWords.ts';
import styles from './ScheduleSparkline.module.css';

const WIDTH = 120;
const HEIGHT = 22;

/** How the learning rate will go over the run, and where it is now. */
export default function ScheduleSparkline() {
  const train = useApp((state) => state.experiment.train);
  const step = useApp((state) => state.run?.newest.deq?.step ?? 0);
  const { steps, learningRate, warmup } = train;
  const at = (update: number): string => {
    // Counted from 0, where people count updates from 1.
    const height = learningRateAt(Math.max(0, update - 1), train) / learningRate;
    return `${((WIDTH * update) / steps).toFixed(1)} ${(HEIGHT - 1 - (HEIGHT - 2) * height).toFixed(1)}`;
  };
  // The corner after the warm-up is a point of its own, as a coarse grid would cut it off.
  const grid = Array.from({ length: 61 }, (_, index) => (steps * index) / 60);
  const points = [...grid, Math.min(warmup, steps)].sort((a, b) => a - b);
  const words = scheduleWords(train);
  return (
    <div className={styles['row']}>
      <svg width={WIDTH} height={HEIGHT} aria-hidden>
        <path className={styles['line']} d={`M${points.map(at).join('L')}`} />
        {step > 0 && step <= steps && (
          <line
            className={styles['now']}
            x1={(WIDTH * step) / steps}
            x2={(WIDTH * step) / steps}
            y1="0"
            y2={HEIGHT}
          />
        )}
      </svg>
      <span>{words}</span>
    </div>
  );
}
