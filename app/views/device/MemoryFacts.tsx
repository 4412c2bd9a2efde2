import type { MemorySample } from '../../../src/engine/protocol/protocol.ts';
import { formatCount, formatBytes } from '../../format.ts';
import { Facts, type Fact } from '../../ui/Facts.tsx';
import styles from './MemoryFacts.module.css';
import { useShownDevice } from './shownDevice.ts';

/** What is allocated, after any facts that the list begins with. */
export function MemoryFacts({ before = [] }: { readonly before?: readonly Fact[] }) {
  const { memory } = useShownDevice();
  return <Facts className={styles['facts']} facts={[...before, ...memoryFacts(memory)]} />;
}

function memoryFacts(memory: MemorySample | null): readonly Fact[] {
  // Off WebGPU there are no GPU buffers to count: the bytes are what the tensors hold.
  const kind = memory?.exact === false ? ', logical bytes' : '';
  return [
    [`Live${kind}`, formatBytes(memory?.live)],
    [`Peak${kind}`, formatBytes(memory?.peak)],
    ...(memory?.exact === false
      ? []
      : [['Reserved pool', formatBytes(memory?.pool)] satisfies Fact]),
    ['Tensors', memory ? formatCount(memory.tensors) : '—'],
  ];
}
