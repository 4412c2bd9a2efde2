import { TransportBar } from '../layout/TransportBar.tsx';
import { Readouts } from './Readouts.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TransportButtons } from './TransportButtons.tsx';

/** The bar that drives the solve. */
export function Transport() {
  return (
    <TransportBar
      label="Transport"
      buttons={<TransportButtons />}
      state={<StatusLine />}
      readouts={<Readouts />}
    />
  );
}
