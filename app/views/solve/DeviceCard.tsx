import { useApp } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import { selfTestText } from '../device/deviceText.ts';
import { MemoryFacts } from '../device/MemoryFacts.tsx';

/** What it runs on and what it holds there. */
export function DeviceCard() {
  const device = useApp((state) => state.device);
  return (
    <Card title="Device & memory">
      <MemoryFacts />
      <p style={{ color: device && !device.selfTest.passed ? 'var(--warn)' : 'var(--muted)' }}>
        {device
          ? selfTestText(device.selfTest)
          : 'The numerics check runs when the engine has started.'}
      </p>
    </Card>
  );
}
