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
import { useApp } from '../../../store/context.ts';
import { stepOf, trainText } from '../../../store/train/trainText.ts';
import type { RunPhase } from '../../../store/train/types.ts';
import { StatusWords } from '../../layout/StatusWords.tsx';

const icons: Readonly<Record<RunPhase, { readonly icon: LucideIcon; readonly tone: string }>> = {
  idle: { icon: CircleDashed, tone: 'quiet' },
  preparing: { icon: LoaderCircle, tone: 'busy' },
  running: { icon: CirclePlay, tone: 'live' },
  pausing: { icon: LoaderCircle, tone: 'busy' },
  paused: { icon: CirclePause, tone: 'quiet' },
  finished: { icon: CircleCheck, tone: 'good' },
  nonfinite: { icon: TriangleAlert, tone: 'warn' },
  diverged: { icon: TriangleAlert, tone: 'warn' },
  failed: { icon: OctagonAlert, tone: 'bad' },
};

/** How training stands, in words, and how much of the run is done. */
export function TrainStatus() {
  const text = useApp(trainText);
  const phase = useApp((state) => state.runPhase);
  const done = useApp(({ run }) => (run ? stepOf(run) / run.report.steps : 0));
  return <StatusWords name="training status" text={text} done={done} {...icons[phase]} />;
}
