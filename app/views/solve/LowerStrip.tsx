import { lazy, Suspense } from 'react';
import { useApp } from '../../store/context.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { GradientCard } from './gradients/GradientCard.tsx';
import { MilestonesCard } from './MilestonesCard.tsx';
import { SamplesCard } from './SamplesCard.tsx';
import styles from './SolveView.module.css';
import { SpectralCard } from './spectrum/SpectralCard.tsx';

const LensCard = lazy(() => import('./lens/LensCard.tsx'));

/** What stands below the chart: one thing at a time where there is a centre, all on a phone. */
export function LowerStrip() {
  const phone = usePhone();
  // Only a trained model has predictions worth reading.
  const lens = useApp((state) => state.lens.length > 0);
  const lensCard = (
    <Suspense>
      <LensCard />
    </Suspense>
  );
  const convergence = (
    <div className={styles['row']}>
      <SamplesCard />
      <MilestonesCard />
    </div>
  );
  if (phone) {
    return (
      <>
        {convergence}
        {lens && lensCard}
        <SpectralCard />
        <GradientCard />
      </>
    );
  }
  return (
    <Tabs
      label="Below the chart"
      tabs={[
        { name: 'Convergence', title: 'How far it has come', panel: convergence },
        {
          name: 'Spectrum',
          title: 'Would plain iteration converge here?',
          panel: <SpectralCard />,
        },
        { name: 'Gradient meter', title: 'Gradients compared', panel: <GradientCard /> },
        ...(lens
          ? [
              {
                name: 'Lens',
                title: 'What it would predict at each iteration: when did it know?',
                panel: lensCard,
              },
            ]
          : []),
      ]}
    />
  );
}
