import { useRef, useState } from 'react';
import { familyOf } from '../../../../src/families/settings.ts';
import { viridisGradient } from '../../../charts/viridis.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { visibleText } from '../../../pictures/tokens/visibleText.ts';
import frames from './insight.module.css';
import { axisNames, trajectorySentence, type Zoom } from './trajectory.ts';
import styles from './trajectory.module.css';
import { TrajectoryPlot } from './TrajectoryPlot.tsx';
import { useForward, usePictures } from './useInsight.ts';
import { WaitingNote } from './WaitingNote.tsx';

/** Where the iterates go: the way of one sample's state through its space, in two dimensions. */
export default function TrajectoryCard() {
  const root = useRef<HTMLDivElement>(null);
  const { report, busy, failure } = usePictures(root);
  const { k, start, sample } = useForward();
  const samples = useApp((state) => state.problem?.samples);
  const converged = useApp((state) => state.status === 'converged');
  const { goTo } = useAppStore().getState();
  const [zoom, setZoom] = useState<Zoom>('whole');
  const last = (report?.trajectory.points.length ?? 1) - 1;
  const cursor = Math.min(Math.max(0, k - start), last);
  const text = useApp(({ applied }) => familyOf(applied.problem.family).input === 'text');
  const name = samples?.[sample] ?? '';
  const batched = (samples?.length ?? 1) > 1;
  return (
    <div ref={root} className={frames['frame']}>
      <Card
        title={
          <>
            Trajectory of <var>z</var>
            {batched && ` of ‘${text ? visibleText(name) : name}’`}
          </>
        }
        label="Trajectory"
        className={frames['card']}
        aside={
          <>
            <div className={styles['legend']} data-figure="" data-figure-words>
              <span>k = {start}</span>
              <div style={{ background: viridisGradient }} />
              <span>{last + start}</span>
            </div>
            <Segmented
              label="Part of the trajectory"
              value={zoom}
              onChange={setZoom}
              options={[
                { value: 'whole', label: 'Whole way', title: 'From the start to the newest point' },
                { value: 'end', label: 'Its end', title: 'Only where it settles, enlarged' },
              ]}
            />
            <FigureButton
              title="Trajectory of the state z over the iterations, in two dimensions"
              data={
                report && { kind: 'trajectory', report, start, axes: axisNames(report.trajectory) }
              }
            />
          </>
        }
      >
        {report ? (
          <>
            <p className={frames['note']}>{trajectorySentence(report.trajectory, start)}</p>
            <TrajectoryPlot
              report={report}
              start={start}
              cursor={cursor}
              converged={converged}
              zoom={zoom}
              onChoose={(point) => {
                goTo(point + start);
              }}
            />
          </>
        ) : (
          <WaitingNote busy={busy} failure={failure} />
        )}
      </Card>
    </div>
  );
}
