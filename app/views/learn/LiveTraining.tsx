import { CurveSketch, type SketchKind } from '../../charts/CurveSketch.tsx';
import { capital } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { trainText } from '../../store/train/trainText.ts';
import type { RecordedCurve } from '../../traces/galleryTrace.ts';
import { useRecords } from '../train/charts/useRecords.ts';
import styles from './Panel.module.css';

/** The page's own training run, as it goes, beside the recording of the same preset. */
export function LiveTraining(props: {
  readonly kind: SketchKind;
  readonly recorded: RecordedCurve | undefined;
}) {
  const { kind, recorded } = props;
  const { deq } = useRecords();
  const text = useApp(trainText);
  const values = deq.map((record) => (kind.log ? (record.residual ?? NaN) : record.loss));
  const curves = [
    { label: 'live', values, every: 1 },
    ...(recorded ? [{ ...recorded, label: `recorded (${recorded.label})` }] : []),
  ];
  const last = values.at(-1);
  const name = kind.log ? 'Residual of its solve' : 'Loss';
  const words = last === undefined ? '' : ` ${name} ${last.toPrecision(kind.log ? 2 : 4)}.`;
  const applied = useApp((state) => state.run?.applied);
  return (
    <>
      <CurveSketch
        curves={values.length > 0 ? curves : curves.slice(1)}
        kind={kind}
        height={190}
        title={`${capital(kind.quantity)} over ${kind.unit}, computed here`}
        from={applied}
        summary={`${text}.${words}`}
      />
      <p className={styles['reading']} role="status" aria-label="live training">
        {text}.{words}
      </p>
    </>
  );
}
