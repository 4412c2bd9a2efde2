import { LogPlot, type LogSeries } from '../../../charts/LogPlot.tsx';
import type { Marker } from '../../../charts/markers.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import type { MemoryVariant } from '../../../../src/engine/protocol/protocol.ts';
import { byteUnit, formatPeak } from '../../../format.ts';
import { variants } from '../../../store/memory/study.ts';
import { slope, type MemoryPanel, type PeakCurve, type PeakPoint } from './memoryPanel.ts';
import styles from './MemoryCard.module.css';

const looks: Readonly<
  Record<MemoryVariant, { name: string; stroke: string; dash: string; marker: Marker }>
> = {
  deq: { name: 'DEQ', stroke: 'var(--series-1)', dash: '', marker: 'circle' },
  unrolled: { name: 'Unrolled', stroke: 'var(--series-2)', dash: '6 3', marker: 'square' },
  checkpointed: {
    name: '+ checkpt.',
    stroke: 'var(--series-4)',
    dash: '8 3 2 3',
    marker: 'triangle',
  },
};

/** Peak against depth: flat for the DEQ, slope 1 unrolled, slope ½ with checkpoints. */
export function DepthChart(props: {
  readonly panel: MemoryPanel;
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
}) {
  const { panel, ...size } = props;
  const series = variants.flatMap((variant) => depthSeries(variant, panel.curves[variant]));
  const depths = panel.curves.deq.predicted.map(({ depth }) => depth);
  const wanted = depths.filter((depth) => depth % 6 === 0);
  const { unit, size: bytesOf } = byteUnit(
    Math.max(...series.flatMap(({ points }) => points.map(({ y }) => y))),
  );
  return (
    <figure className={styles['depth']} data-figures>
      <div className={styles['over']}>
        <h3>Peak against depth</h3>
        <FigureButton
          title={`Peak memory of one training step, ${unit}, against depth`}
          data={{
            kind: 'points',
            series,
            xLabel: 'depth, evaluations of f',
            yLabel: 'peak, bytes',
          }}
        />
      </div>
      <div data-figure="">
        <LogPlot
          {...size}
          series={series}
          summary={`Peak memory against depth. ${slopeWords(panel)}`}
          xLabel="depth (evaluations of f)"
          yLabel={`peak, ${unit}`}
          formatX={String}
          formatY={(bytes) => String(Number((bytes / bytesOf).toPrecision(2)))}
          xTicks={apart(wanted.length >= 2 ? wanted : depths)}
          right={66}
        />
        <figcaption>{slopeWords(panel)}</figcaption>
      </div>
    </figure>
  );
}

/** Without those whose labels would touch on the log axis, the greatest kept. */
const apart = (depths: readonly number[]): number[] =>
  depths.toReversed().reduce<number[]>((kept, depth) => {
    const [above = Infinity] = kept;
    return above / depth < 1.35 ? kept : [depth, ...kept];
  }, []);

/** A network's two series: the law as a line without marks, and what was measured as marks without a line. */
export function depthSeries(variant: MemoryVariant, curve: PeakCurve): LogSeries[] {
  const { name, stroke, dash, marker } = looks[variant];
  const points = (of: readonly PeakPoint[], kind: string): LogSeries['points'] =>
    of.map(({ depth, peak }) => ({
      x: depth,
      y: peak,
      title: `${name}, depth ${depth}: ${formatPeak(peak)}, ${kind}`,
    }));
  return [
    { name, stroke, dash, points: points(curve.predicted, 'predicted') },
    ...(curve.measured.length > 0
      ? [{ name: '', stroke, marker, points: points(curve.measured, 'measured') }]
      : []),
  ];
}

/** What the lines do, in words; the reference slopes are what theory says for large depth. */
export function slopeWords({ curves }: MemoryPanel): string {
  const measured = variants.every((variant) => curves[variant].measured.length > 1);
  const of = (variant: MemoryVariant): string =>
    (slope(curves[variant][measured ? 'measured' : 'predicted']) ?? 0).toFixed(2);
  return `Lines: predicted; marks: measured. Slopes on these log axes, ${measured ? 'measured' : 'predicted'}: DEQ ${of('deq')}, unrolled ${of('unrolled')}, with checkpoints ${of('checkpointed')}. Theory, for great depths: 0 once the solver’s history is full, 1, ½.`;
}
