import { ConfigRail } from '../config/ConfigRail.tsx';
import { ViewLayout } from '../layout/ViewLayout.tsx';
import { DeviceCard } from './DeviceCard.tsx';
import { EquationCard } from './EquationCard.tsx';
import { EventsCard } from './EventsCard.tsx';
import { LowerStrip } from './LowerStrip.tsx';
import { MemoryCard } from './memory/MemoryCard.tsx';
import { ResidualCard } from './ResidualCard.tsx';
import styles from './SolveView.module.css';
import { Transport } from './Transport.tsx';

/** How does this iteration converge? Settings on the left, the curve in the middle, evidence on the right. */
export function SolveView() {
  return (
    <ViewLayout
      transport={<Transport />}
      rail={<ConfigRail view="solve" />}
      centreClass={styles['centre']}
      centre={
        <>
          <ResidualCard />
          <LowerStrip />
        </>
      }
      evidenceLabel="Evidence"
      evidenceClass={styles['evidence']}
      evidence={
        <>
          <MemoryCard />
          <EquationCard />
          <DeviceCard />
          <EventsCard />
        </>
      }
    />
  );
}
