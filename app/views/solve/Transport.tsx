import { lazy, Suspense } from 'react';
import { useApp } from '../../store/context.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { TransportBar } from '../layout/TransportBar.tsx';
import { Readouts } from './Readouts.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TransportButtons } from './TransportButtons.tsx';

const PhoneReadouts = lazy(() => import('./PhoneReadouts.tsx'));

/** The bar that drives the solve. */
export function Transport() {
  const phone = usePhone();
  const embed = useApp((state) => state.embed);
  return (
    <TransportBar
      label="Transport"
      buttons={<TransportButtons />}
      state={<StatusLine />}
      readouts={
        phone && !embed ? (
          <Suspense fallback={<Readouts />}>
            <PhoneReadouts />
          </Suspense>
        ) : (
          <Readouts />
        )
      }
    />
  );
}
