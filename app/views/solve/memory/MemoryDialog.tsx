import { useId } from 'react';
import { MemoryBars } from '../../../charts/MemoryBars.tsx';
import { MemoryLegend } from '../../../charts/memoryKinds.tsx';
import { useApp } from '../../../store/context.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useWidth } from '../../../ui/useWidth.ts';
import { backendNames } from '../../device/deviceText.ts';
import { configLine } from './configLine.ts';
import { DepthChart } from './DepthChart.tsx';
import styles from './MemoryDialog.module.css';
import { barsSummary, kernelWords, savedSentence, type MemoryPanel } from './memoryPanel.ts';

/** Widths of the drawings before they are magnified, and the narrowest dialog with both beside. */
const DRAWN = { bars: 330, depth: 330 } as const;
const BESIDE = 820;

/** The memory panel's picture, large enough for a slide. */
export default function MemoryDialog(props: {
  readonly panel: MemoryPanel;
  readonly onClose: () => void;
}) {
  const { panel, onClose } = props;
  const experiment = useApp((state) => state.experiment);
  const backend = useApp((state) => state.device?.backend.name);
  const [ref, width] = useWidth(1000);
  const id = useId();
  const column = width >= BESIDE ? (width - 32) / 2 : width;
  return (
    <Dialog title="Memory of one training step" kind="wide" onClose={onClose}>
      <div ref={ref} className={styles['slide']}>
        <p className={styles['claim']}>{savedSentence(panel)}</p>
        <div className={styles['pictures']}>
          <div>
            <MemoryBars
              id={id}
              bars={panel.rows}
              width={DRAWN.bars}
              scale={column / DRAWN.bars}
              summary={barsSummary(panel)}
            />
            <MemoryLegend id={id} className={styles['legend'] ?? ''} />
          </div>
          <DepthChart panel={panel} width={DRAWN.depth} height={200} scale={column / DRAWN.depth} />
        </div>
        <p className={styles['config']}>
          {configLine(experiment)}
          {backend && ` · ${backendNames[backend]}, ${kernelWords[panel.problem.kernels]}`}
          {!panel.exact && ' · logical bytes'}
        </p>
      </div>
    </Dialog>
  );
}
