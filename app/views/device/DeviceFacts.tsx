import type { DeviceReport } from '../../../src/engine/protocol/protocol.ts';
import { formatMilliseconds, formatResidual } from '../../format.ts';
import type { Fact } from '../../ui/Facts.tsx';
import { backendNames } from './deviceText.ts';
import { kernelsInUse } from './kernelText.ts';
import { MemoryFacts } from './MemoryFacts.tsx';
import { useShownDevice } from './shownDevice.ts';

/** The device and its memory as a list of facts. */
export function DeviceFacts() {
  const { device } = useShownDevice();
  return <MemoryFacts before={device ? deviceFacts(device) : []} />;
}

function deviceFacts(device: DeviceReport): readonly Fact[] {
  const { backend, selfTest } = device;
  const { adapter } = backend;
  const known = (text: string): string => text || 'not told by the browser';
  return [
    ['Runs on', backendNames[backend.name]],
    ...(adapter
      ? [
          ['Vendor', known(adapter.vendor)] satisfies Fact,
          ['Architecture', known(adapter.architecture)] satisfies Fact,
          ['Description', known(adapter.description)] satisfies Fact,
          ['Kind', adapter.isFallback ? 'software' : 'hardware'] satisfies Fact,
        ]
      : []),
    ['Kernels in use', kernelsInUse(device)],
    ['Numerics check', selfTest.passed ? 'passed' : 'failed'],
    ['Forward error', formatResidual(selfTest.forwardError)],
    ['Gradient error', formatResidual(selfTest.gradientError)],
    ['Check took', formatMilliseconds(selfTest.milliseconds)],
  ];
}
