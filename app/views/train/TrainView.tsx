import { familyOf } from '../../../src/families/settings.ts';
import { useApp } from '../../store/context.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { ConfigRail } from '../config/ConfigRail.tsx';
import { ViewLayout } from '../layout/ViewLayout.tsx';
import { TrainCharts } from './charts/TrainCharts.tsx';
import { CheckpointsCard } from './CheckpointsCard.tsx';
import { CorpusCard } from './corpus/CorpusCard.tsx';
import { DataCard } from './DataCard.tsx';
import { SampleCard } from './sample/SampleCard.tsx';
import styles from './TrainView.module.css';
import { TrainTransport } from './transport/TrainTransport.tsx';
import { TwinCard } from './TwinCard.tsx';
import { ViewCard } from './ViewCard.tsx';

/** Can it learn, at what cost? The text and the settings, the loss, and what the model writes. */
export default function TrainView() {
  const embed = useApp((state) => state.embed);
  const textInCentre = usePhone() && !embed;
  const begun = useApp((state) => state.run !== null);
  // A family that reads a text learns from texts, and writes them.
  const text = useApp(({ experiment }) => familyOf(experiment.problem.family).input === 'text');
  const data = text ? <CorpusCard /> : <DataCard />;
  return (
    <ViewLayout
      transport={<TrainTransport />}
      rail={
        <div className={styles['rail']}>
          {data}
          <ConfigRail view="train" />
        </div>
      }
      centreClass={styles['centre']}
      centre={
        // On a phone the text stands here: before the charts while there is nothing to chart.
        <>
          {textInCentre && !begun && data}
          <TrainCharts />
          {textInCentre && begun && data}
        </>
      }
      evidenceLabel="Model"
      evidenceClass={styles['evidence']}
      evidence={
        <>
          <ViewCard />
          <TwinCard />
          {text && <SampleCard />}
          <CheckpointsCard />
        </>
      }
    />
  );
}
