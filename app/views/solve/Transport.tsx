import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { TransportBar } from '../layout/TransportBar.tsx';
import { Readouts } from './Readouts.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TransportButtons } from './TransportButtons.tsx';

const PhoneReadouts = lazyPart(() => import('./PhoneReadouts.tsx'), 'The readouts', 'line');

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
