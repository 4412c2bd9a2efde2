import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { ConfigRail } from '../config/ConfigRail.tsx';
import { ViewLayout } from '../layout/ViewLayout.tsx';
import { DeviceCard } from './DeviceCard.tsx';
import { Diagnosis } from './Diagnosis.tsx';
import { EventsCard } from './EventsCard.tsx';
import { LowerStrip } from './LowerStrip.tsx';
import { LazyEquationCard, LazyMemoryCard } from './lazyCards.tsx';
import { ResidualCard } from './ResidualCard.tsx';
import styles from './SolveView.module.css';
import { Transport } from './Transport.tsx';

const ToolPanel = lazyPart(() => import('./travel/ToolPanel.tsx'), 'The tool', 'line');

/**
 * How does this iteration converge? Settings on the left, the curve in the middle, evidence on the
 * right; on a phone, among the cards below the curve.
 */
export function SolveView() {
  const phone = usePhone();
  const embed = useApp((state) => state.embed);
  const tool = useApp((state) => state.tool);
  return (
    <ViewLayout
      transport={<Transport />}
      rail={<ConfigRail view="solve" />}
      centre={
        <>
          <ResidualCard />
          {phone && <Diagnosis />}
          {!embed && <LowerStrip />}
          <Suspense>{tool && <ToolPanel tool={tool} />}</Suspense>
        </>
      }
      evidenceLabel="Evidence"
      evidenceClass={styles['evidence']}
      evidence={
        <>
          {!phone && <Diagnosis />}
          {!phone && <LazyMemoryCard />}
          <LazyEquationCard />
          <DeviceCard />
          {!phone && <EventsCard />}
        </>
      }
    />
  );
}
