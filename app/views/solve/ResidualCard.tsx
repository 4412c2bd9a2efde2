import { Suspense, useRef } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { TracePreview } from '../../charts/TracePreview.tsx';
import { useApp } from '../../store/context.ts';
import {
  otherPass,
  recordsOf,
  sharesResidual,
  shownExperiment,
  shownPast,
  shownRecords,
  solverOf,
  startOf,
} from '../../store/solve/shown.ts';
import { FigureButton } from '../../figures/FigureButton.tsx';
import type { FigureData } from '../../figures/figureData.ts';
import { Card } from '../../ui/Card.tsx';
import { useThrottled } from '../../ui/useThrottled.ts';
import { residualCaption } from './caption.ts';
import { ChartControls } from './ChartControls.tsx';
import { LinearizationHint } from './LinearizationHint.tsx';
import { radiusWords } from '../../charts/rateWords.ts';
import { PassSwitch } from './PassSwitch.tsx';
import { picardRate } from './picardRate.ts';
import { normsOver, residualFormulas } from './residualFormulas.ts';
import { ResidualLegend } from './ResidualLegend.tsx';
import styles from './ResidualCard.module.css';

const Picture = lazyPart(() => import('./travel/Picture.tsx'), 'The chart');

/** The main picture: how the residual goes down, of the forward or of the adjoint solve. */
export function ResidualCard() {
  // What has come to rest is drawn at once.
  const interval = useApp((state) => (state.activity === 'idle' ? 0 : undefined));
  const records = useThrottled(useApp(shownRecords), interval);
  const past = useThrottled(useApp(shownPast), interval);
  const pass = useApp((state) => state.pass);
  const others = useApp((state) => recordsOf(state, otherPass(state.pass)));
  const overlay = useApp((state) => state.overlay) && others.length > 1;
  const applied = useApp(shownExperiment);
  const chosen = useApp((state) => state.measure);
  const axis = useApp((state) => state.axis);
  const scale = useApp((state) => state.scale);
  const rate = useApp(picardRate);
  const recorded = useApp((state) => state.source === 'recorded');
  const { stopMode, tolerance } = solverOf(applied, pass);
  const measure = chosen ?? stopMode;
  const start = useApp(startOf);
  const caption = residualCaption(past, applied, measure, pass, start);
  const chart = {
    label: caption,
    records,
    measure,
    axis,
    scale,
    rate,
    tolerance: measure === stopMode ? tolerance : null,
    behind: overlay ? others : undefined,
  };
  // The picture knows the lines beside the curve; before it has come there are none.
  const drawn = useRef<FigureData>(null);
  const name = `${measure === 'rel' ? 'Relative' : 'Absolute'}${pass === 'forward' ? '' : ' adjoint'} residual`;
  return (
    <Card
      className={styles['card']}
      headerClassName={styles['head']}
      label="Residual chart"
      title={
        <span className={styles['title']}>
          <PassSwitch />
          <span className={styles['name']}>
            {pass === 'forward' ? 'Residual' : 'Adjoint residual'}
          </span>
        </span>
      }
      aside={
        <>
          <ChartControls measure={measure} comparable={others.length > 1} />
          <FigureButton
            title={`${name} ${residualFormulas(applied, pass)[measure]}`}
            data={() => drawn.current ?? { kind: 'residuals', chart, name }}
          />
        </>
      }
    >
      <div className={styles['under']} data-figure="" data-figure-words>
        <p>
          <span className={styles['formula']}>{residualFormulas(applied, pass)[measure]}</span>
          {pass === 'forward' && applied.solver.convention !== 'own' && (
            <span>over {normsOver(applied.solver)}. </span>
          )}
          {caption}
          {rate !== null && ` ${radiusWords(rate)}`}
        </p>
        {recorded && <span className={styles['badge']}>Recorded run</span>}
        <LinearizationHint />
        <ResidualLegend
          records={records}
          together={sharesResidual(applied, pass)}
          behind={overlay ? otherPass(pass) : null}
        />
      </div>
      <Suspense
        fallback={
          <>
            <div className={styles['plot']} data-figure="">
              <TracePreview {...chart} />
            </div>
            <div className={styles['travel']} />
          </>
        }
      >
        <Picture {...chart} drawnRef={drawn} />
      </Suspense>
    </Card>
  );
}
