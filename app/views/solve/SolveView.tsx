import { usePhone } from '../../ui/useMediaQuery.ts';
import hidden from '../../ui/hidden.module.css';
import { ConfigRail } from './ConfigRail.tsx';
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
  const phone = usePhone();
  return (
    <>
      <Transport />
      {!phone && (
        <aside className={styles['config']} aria-label="Settings">
          <h2 className={hidden['hidden']}>Settings</h2>
          <ConfigRail />
        </aside>
      )}
      <main id="main" className={styles['centre']} tabIndex={-1}>
        <ResidualCard />
        <LowerStrip />
      </main>
      <aside className={styles['evidence']} aria-label="Evidence">
        <MemoryCard />
        <EquationCard />
        <DeviceCard />
        <EventsCard />
      </aside>
    </>
  );
}
