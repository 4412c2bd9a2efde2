import { useState } from 'react';
import { presetExperiment } from '../../../src/schema/experiment.ts';
import { predictMemory, type MemoryVariant } from '../../../src/memory/memoryLaw.ts';
import { FigureButton } from '../../figures/FigureButton.tsx';
import { formatPeak } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { kernelPath } from '../../store/memory/study.ts';
import { memoryProblem } from '../../traces/presetSizes.ts';
import { kernelWords } from '../solve/memory/memoryPanel.ts';
import styles from './Panel.module.css';
import { Slider } from './Slider.tsx';

const rows: readonly { readonly variant: MemoryVariant; readonly name: string }[] = [
  { variant: 'deq', name: 'DEQ' },
  { variant: 'unrolled', name: 'Unrolled' },
  { variant: 'checkpointed', name: 'Checkpointed' },
];

/** What a training step needs at its peak, by the formulas the memory card shows too. */
export function DepthPanel() {
  const [depth, setDepth] = useState(24);
  const experiment = presetExperiment('memory');
  const kernels = useApp(({ device }) => kernelPath(device));
  const problem = memoryProblem(kernels);
  const peaks = rows.map(({ variant, name }) => ({
    name,
    peak: predictMemory(experiment, variant, depth, problem).peak,
  }));
  const most = Math.max(...peaks.map(({ peak }) => peak));
  return (
    <section className={styles['panel']} aria-label="Memory by depth">
      <Slider label="layers n" value={depth} min={1} max={96} step={1} onChange={setDepth} />
      <div className={styles['save']}>
        <FigureButton
          title={`Predicted peak memory of one training step, ${String(depth)} layers`}
          data={() => ({
            columns: ['network', 'predicted peak, bytes'],
            rows: peaks.map(({ name, peak }) => [name, peak]),
          })}
          from={experiment}
        />
      </div>
      <dl className={styles['bars']} data-figure="">
        {peaks.map(({ name, peak }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className={styles['bar']} style={{ width: `${String((70 * peak) / most)}%` }} />
              {formatPeak(peak)}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles['reading']}>
        Predicted for the preset “Memory showdown” with {kernelWords[kernels]}, as many solver
        iterations as layers; bars share one linear scale, which ends at the largest.
      </p>
    </section>
  );
}
