import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { Suspense, useRef } from 'react';
import { lazyPart } from '../../../parts/lazyPart.tsx';
import { useApp, useAppStore } from '../../../store/context.ts';
import { shownExperiment } from '../../../store/solve/shown.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { Card } from '../../../ui/Card.tsx';
import frames from './insight.module.css';
import styles from './slowMotion.module.css';
import { stagesOf } from './slowMotion.ts';
import { StageBars } from './StageBars.tsx';
import { useAnatomy, useForward } from './useInsight.ts';
import { usePlayback } from './usePlayback.ts';
import { SteadyButton } from '../../../ui/SteadyButton.tsx';

const InverseMatrix = lazyPart(() => import('./InverseMatrix.tsx'), 'The matrix', 'line');

const STAGES = 5;

/** One iteration in its moments: what the solver does between two points of the curve. */
export default function SlowMotionCard() {
  const root = useRef<HTMLDivElement>(null);
  const { k, last, start, ended } = useForward();
  // From the end of a solve there is no step: the one that led there is shown.
  const furthest = ended ? last - 1 : last;
  const from = Math.min(k, furthest);
  const asked = from >= start ? from - start : null;
  const { report, failure } = useAnatomy(root, asked);
  const { solver } = useApp(shownExperiment);
  const canStep = useApp(({ status, activity }) => activity === 'idle' && status === 'running');
  const { step: takeStep, goTo } = useAppStore().getState();
  const { at, playing, play, pause, show } = usePlayback(
    report ? `${String(report.solve)} ${String(report.iteration)}` : null,
    STAGES,
  );
  const stages = report ? stagesOf({ step: report, start, solver }) : [];
  const stage = stages[at];
  return (
    <div
      ref={root}
      className={frames['frame']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !report) return;
        event.preventDefault();
        show(STAGES - 1);
      }}
    >
      <Card
        title={
          asked === null
            ? 'Slow motion'
            : `Slow motion: iteration ${String(from)} to ${String(from + 1)}`
        }
        label="Slow motion"
        className={frames['card']}
        aside={
          <div className={styles['buttons']} role="group" aria-label="Slow motion">
            <SteadyButton
              aria-label="Previous moment"
              title="Previous moment"
              disabled={!report || at === 0}
              onClick={() => {
                show(at - 1);
              }}
            >
              <SkipBack size={15} aria-hidden />
            </SteadyButton>
            <SteadyButton
              disabled={!report}
              title="900 ms each; Esc skips to the end"
              aria-label={playing ? 'Pause slow motion' : 'Play slow motion'}
              onClick={playing ? pause : play}
            >
              {playing ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
            </SteadyButton>
            <SteadyButton
              aria-label="Next moment"
              title="Next moment"
              disabled={!report || at === STAGES - 1}
              onClick={() => {
                show(at + 1);
              }}
            >
              <SkipForward size={15} aria-hidden />
            </SteadyButton>
            <SteadyButton
              disabled={from >= furthest && !canStep}
              title="Look inside the iteration that follows"
              onClick={() => {
                if (from < furthest) goTo(from + 1);
                else takeStep();
              }}
            >
              Next iteration
            </SteadyButton>
            {stage && stage.bars.length > 0 && (
              <FigureButton
                title={`${stage.title}, iteration ${String(from)} to ${String(from + 1)}`}
                data={{ kind: 'bars', label: stage.title, bars: stage.bars }}
              />
            )}
          </div>
        }
      >
        {stage ? (
          <div className={styles['columns']}>
            <ol className={styles['stages']} aria-label="Moments of the iteration">
              {stages.map(({ key, title }, index) => (
                <li key={key}>
                  <button
                    type="button"
                    aria-current={index === at ? 'step' : undefined}
                    data-past={index < at}
                    onClick={() => {
                      show(index);
                    }}
                  >
                    <span aria-hidden>{'abcde'.charAt(index)}</span>
                    {title}
                  </button>
                </li>
              ))}
            </ol>
            <div className={styles['moment']}>
              <p className={styles['formula']} data-figure="" data-figure-words>
                {stage.formula}
              </p>
              {/* Announced where it was asked for; while it plays, that would be a torrent. */}
              <p aria-live={playing ? 'off' : 'polite'}>{stage.words}</p>
              {stage.warning !== undefined && <p className={styles['warning']}>{stage.warning}</p>}
              {report?.inverse && stage.key === 'solve' && (
                <Suspense>
                  <InverseMatrix inverse={report.inverse} iteration={from} />
                </Suspense>
              )}
              {stage.bars.length > 0 && (
                <div data-figure="">
                  <StageBars bars={stage.bars} signed={stage.signed ?? false} label={stage.title} />
                </div>
              )}
              {stage.total !== undefined && (
                <p className={frames['note']}>
                  {stage.total}: {stage.bars.reduce((sum, { value }) => sum + value, 0).toFixed(3)}
                </p>
              )}
            </div>
          </div>
        ) : failure !== null ? (
          <p className={frames['failure']}>{failure}</p>
        ) : (
          <p className={frames['note']}>
            {asked === null
              ? 'There is no iteration to look into here: make a step, or move the cursor.'
              : 'Rerunning the solve up to this iteration…'}
          </p>
        )}
      </Card>
    </div>
  );
}
