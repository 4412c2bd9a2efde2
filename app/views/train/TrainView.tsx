import '../../families/whole.ts';
import { Suspense } from 'react';
import { trainingCards } from '../../families/trainingCards.ts';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { ConfigRail } from '../config/ConfigRail.tsx';
import { ViewLayout } from '../layout/ViewLayout.tsx';
import { TrainCharts } from './charts/TrainCharts.tsx';
import { CheckpointsCard } from './CheckpointsCard.tsx';
import { DataCard } from './DataCard.tsx';
import styles from './TrainView.module.css';
import { TrainTransport } from './transport/TrainTransport.tsx';
import { ViewCard } from './ViewCard.tsx';

const TwinCard = lazyPart(() => import('./TwinCard.tsx'), 'The comparison with the twin');

/** Can it learn, at what cost? The data and the settings, the loss, and what the model makes of it. */
export default function TrainView() {
  const embed = useApp((state) => state.embed);
  const dataInCentre = usePhone() && !embed;
  const begun = useApp((state) => state.run !== null);
  const twin = useApp((state) => state.run?.report.twin ?? state.experiment.train.twin);
  const family = useApp((state) => state.experiment.problem.family);
  const { Data = DataCard, Output } = trainingCards[family] ?? {};
  const data = <Data />;
  return (
    <ViewLayout
      transport={<TrainTransport />}
      rail={
        <div className={styles['rail']}>
          {data}
          <ConfigRail view="train" />
        </div>
      }
      centre={
        // On a phone the data stand here: before the charts while there is nothing to chart.
        <>
          {dataInCentre && !begun && data}
          <TrainCharts />
          {dataInCentre && begun && data}
        </>
      }
      evidenceLabel="Model"
      evidenceClass={styles['evidence']}
      evidence={
        <>
          <ViewCard />
          {twin && (
            <Suspense>
              <TwinCard />
            </Suspense>
          )}
          {Output && <Output />}
          <CheckpointsCard />
        </>
      }
    />
  );
}
