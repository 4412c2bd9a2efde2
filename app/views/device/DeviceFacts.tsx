import type { DeviceReport, MemorySample } from '../../../src/engine/protocol.ts';
import { formatCount, formatMegabytes, formatMilliseconds, formatResidual } from '../../format.ts';
import { Facts, type Fact } from '../../ui/Facts.tsx';
import { backendNames } from './deviceText.ts';
import styles from './DeviceFacts.module.css';
import { useShownDevice } from './shownDevice.ts';

/** The device and its memory as a list of facts. */
export function DeviceFacts({ only }: { readonly only?: 'memory' }) {
  const { device, memory } = useShownDevice();
  const facts = [
    ...(only === 'memory' || !device ? [] : deviceFacts(device)),
    ...memoryFacts(memory),
  ];
  return <Facts className={styles['facts']} facts={facts} />;
}

function memoryFacts(memory: MemorySample | null): readonly Fact[] {
  // Off WebGPU there are no GPU buffers to count: the bytes are what the tensors hold.
  const kind = memory?.exact === false ? ', logical bytes' : '';
  return [
    [`Live${kind}`, formatMegabytes(memory?.live)],
    [`Peak${kind}`, formatMegabytes(memory?.peak)],
    ...(memory?.exact === false
      ? []
      : [['Reserved pool', formatMegabytes(memory?.pool)] satisfies Fact]),
    ['Tensors', memory ? formatCount(memory.tensors) : '—'],
  ];
}

function deviceFacts({ backend, selfTest }: DeviceReport): readonly Fact[] {
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
    ['Numerics check', selfTest.passed ? 'passed' : 'failed'],
    ['Forward error', formatResidual(selfTest.forwardError)],
    ['Gradient error', formatResidual(selfTest.gradientError)],
    ['Check took', formatMilliseconds(selfTest.milliseconds)],
  ];
}
