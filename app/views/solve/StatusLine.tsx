import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlay,
  History,
  LoaderCircle,
  OctagonAlert,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { useApp } from '../../store/context.ts';
import { phaseOf, type Phase } from '../../store/solve/phase.ts';
import { cursorOn, limitOf, shownRecord } from '../../store/solve/shown.ts';
import { statusText } from '../../store/solve/statusText.ts';
import { StatusWords } from '../layout/StatusWords.tsx';

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

/** How the solve stands, in words, and how much of the allowed iterations it has used. */
export function StatusLine() {
  const text = useApp(statusText);
  const phase = useApp(phaseOf);
  const iteration = useApp((state) => shownRecord(state)?.iteration ?? 0);
  const limit = useApp(limitOf);
  const back = useApp((state) => cursorOn(state) !== null) && phase !== 'failed';
  const sign = back ? ({ icon: History, tone: 'live' } as const) : icons[phase];
  return <StatusWords name="status" text={text} done={iteration / limit} {...sign} />;
}
