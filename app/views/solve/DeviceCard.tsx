import { useApp } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import { DeviceFacts } from '../device/DeviceFacts.tsx';
import { selfTestText } from '../device/deviceText.ts';

/** What it runs on and what it holds there. */
export function DeviceCard() {
  const device = useApp((state) => state.device);
  return (
    <Card title="Device & memory">
      <DeviceFacts only="memory" />
      <p style={{ color: device && !device.selfTest.passed ? 'var(--warn)' : 'var(--muted)' }}>
        {device
          ? selfTestText(device.selfTest)
          : 'The numerics check runs when the engine has started.'}
      </p>
    </Card>
  );
}
