import { TransportBar } from '../../layout/TransportBar.tsx';
import { TrainButtons } from './TrainButtons.tsx';
import { TrainReadouts } from './TrainReadouts.tsx';
import { TrainStatus } from './TrainStatus.tsx';

/** The bar that drives training. */
export function TrainTransport() {
  return (
    <TransportBar
      label="Training transport"
      wraps
      buttons={<TrainButtons />}
      state={<TrainStatus />}
      readouts={<TrainReadouts />}
    />
  );
}
