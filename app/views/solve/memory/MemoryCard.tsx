import { Maximize2 } from 'lucide-react';
import { Suspense, useId, useState } from 'react';
import { lazyPart } from '../../../parts/lazyPart.tsx';
import { MemoryBars } from '../../../charts/MemoryBars.tsx';
import { MemoryLegend } from '../../../charts/memoryKinds.tsx';
import { useApp } from '../../../store/context.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useWidth } from '../../../ui/useWidth.ts';
import { DepthChart } from './DepthChart.tsx';
import { MeasureControls } from './MeasureControls.tsx';
import styles from './MemoryCard.module.css';
import { MemoryFigures } from './MemoryFigures.tsx';
import { MemoryFormulas } from './MemoryFormulas.tsx';
import { barsSummary, type MemoryPanel } from './memoryPanel.ts';
import { MemoryTable } from './MemoryTable.tsx';
import { useMemoryPanel } from './useMemoryPanel.ts';

const MemoryDialog = lazyPart(() => import('./MemoryDialog.tsx'), 'Memory', 'dialog');

/** What one training step needs: the DEQ beside the same layers unrolled. */
export function MemoryCard() {
  const panel = useMemoryPanel();
  return panel ? <Filled panel={panel} /> : <Empty />;
}

/** Before the engine has opened this problem. */
function Empty() {
  const off = useApp(({ engine }) => engine !== 'on');
  return (
    <Card title="Memory of one training step">
      <p>
        Not known yet: the sizes are metered on one evaluation of f, when the engine opens this
        problem
        {off ? '. Press Step or Run to start it.' : '.'}
      </p>
    </Card>
  );
}

function Filled({ panel }: { readonly panel: MemoryPanel }) {
  const [ref, width] = useWidth(240);
  const [large, setLarge] = useState(false);
  const id = useId();
  return (
    <Card
      title="Memory of one training step"
      headerClassName={styles['header']}
      aside={
        <>
          <FigureButton
            title={`Peak memory of one training step at depth ${String(panel.depth)}, by kind`}
            of="bars"
            data={{ kind: 'memory', bars: panel.rows }}
          />
          <button
            type="button"
            className={styles['enlarge']}
            aria-label="Enlarge"
            title="The same picture, large"
            onClick={() => {
              setLarge(true);
            }}
          >
            <Maximize2 size={14} aria-hidden />
          </button>
        </>
      }
    >
      <div ref={ref} className={styles['body']}>
        <div data-figure="bars">
          <MemoryFigures panel={panel} />
        </div>
        <div data-figure="bars">
          <MemoryBars id={id} bars={panel.rows} width={width} summary={barsSummary(panel)} />
        </div>
        <div data-figure="bars">
          <MemoryLegend id={id} className={styles['legend'] ?? ''} />
          {!panel.exact && <p className={styles['logical']}>In logical bytes</p>}
        </div>
        <MeasureControls panel={panel} />
        <MemoryTable panel={panel} />
        <DepthChart panel={panel} width={width} height={188} />
        <MemoryFormulas panel={panel} />
      </div>
      {large && (
        <Suspense>
          <MemoryDialog
            panel={panel}
            onClose={() => {
              setLarge(false);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
