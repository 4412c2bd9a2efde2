import { formatFigure } from '../../pictures/formatFigure.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { bestTry, type Try } from '../../store/solve/tuning.ts';
import { BoundedSlider } from '../../views/config/BoundedSlider.tsx';
import { PlainSetting } from '../../views/config/PlainSetting.tsx';
import styles from './AlphaControl.module.css';
import { boundOf } from './certificates.ts';

const PATH = 'monotone.alpha';
/** Where α is tuned from, as the paper's code does. */
const FROM = 1;

/** The step size α with the bound drawn on its slider, and its tuning. */
export default function AlphaControl() {
  const bound = useApp((state) => boundOf(state.observed));
  const { path, tries, busy, failure } = useApp((state) => state.tuning);
  const plain = useApp((state) => state.experiment.solver.map === 'plain');
  const stopped = useApp((state) => state.engine === 'stopped');
  const { startTuning, stopTuning } = useAppStore().getState();
  const mine = path === PATH;
  return (
    <div className={styles['alpha']}>
      <PlainSetting path={PATH} instead={<BoundedSlider path={PATH} bound={bound} of="2m/L²" />} />
      <p className={styles['note']}>
        {bound === null
          ? 'The bound 2m/L² is drawn here once the network has been opened.'
          : `Forward–backward is sure to converge for 0 < α < ${formatFigure(bound)}, the bound 2m/L²; past it, it may. Peaceman–Rachford does for every α above 0.`}
      </p>
      <button
        type="button"
        disabled={stopped || plain}
        title={
          plain
            ? 'The map f itself has no step size'
            : 'Halves α from 1 for as long as the iterations fall, and takes the best'
        }
        onClick={() => {
          if (busy) stopTuning();
          else startTuning(PATH, FROM);
        }}
      >
        {busy ? 'Stop tuning' : 'Tune α'}
      </button>
      {mine && tries.length > 0 && <Tries tries={tries} busy={busy} />}
      {mine && failure !== null && <p className={styles['failure']}>{failure}</p>}
    </div>
  );
}

/** All that were tried, in order. */
function Tries({ tries, busy }: { readonly tries: readonly Try[]; readonly busy: boolean }) {
  const best = busy ? null : bestTry(tries);
  return (
    <table className={styles['tries']}>
      <thead>
        <tr>
          <th scope="col">α</th>
          <th scope="col">iterations</th>
          <th scope="col">end</th>
        </tr>
      </thead>
      <tbody>
        {tries.map((one) => (
          <tr key={one.value} data-best={one === best}>
            <th scope="row">{formatFigure(one.value)}</th>
            <td>{one.iterations - 1}</td>
            <td>
              {one.status}
              {one === best && ', taken'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
