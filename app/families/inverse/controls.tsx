import { formatFigure } from '../../pictures/formatFigure.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { BoundedSlider } from '../../views/config/BoundedSlider.tsx';
import { DrawingPad } from '../../views/config/drawing/DrawingPad.tsx';
import { PlainSetting } from '../../views/config/PlainSetting.tsx';
import { boundOf } from './bound.ts';
import styles from './controls.module.css';

const PATH = 'inverse.tau';

/** Places to try, as shares of the bound. */
const places = [
  { share: 0.98, words: 'Just within' },
  { share: 1.02, words: 'Just past' },
] as const;

/** The step size τ with the exact bound drawn on its slider. */
export function TauControl() {
  const tied = useApp((state) => state.experiment.inverse.tie === 'tied');
  const exact = useApp((state) => state.experiment.inverse.sigma === 'identity');
  const found = useApp((state) => boundOf(state.observed));
  const { change } = useAppStore().getState();
  const bound = tied ? found : null;
  return (
    <div className={styles['tau']}>
      <PlainSetting
        path={PATH}
        instead={<BoundedSlider path={PATH} bound={bound} of="2/λmax" reach={2} />}
      />
      <p className={styles['note']}>
        {!tied
          ? 'Untied layers: ∂f/∂u is not symmetric, and no bound of this kind holds.'
          : bound === null
            ? 'The bound 2/λmax is drawn here once the problem has been opened.'
            : exact
              ? `Plain iteration converges for τ < ${formatFigure(bound)}, the bound 2/λmax, and for no τ past it.`
              : `Plain iteration converges for τ < ${formatFigure(bound)}, the bound 2/λmax; past it, it may.`}
      </p>
      {tied && (
        <div className={styles['places']} role="group" aria-label="Steps beside the bound">
          {places.map(({ share, words }) => (
            <button
              key={share}
              type="button"
              disabled={bound === null}
              title={`τ = ${String(share)} of the bound`}
              onClick={() => {
                if (bound !== null) change(PATH, Number((share * bound).toPrecision(6)));
              }}
            >
              {words}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** The picture that is measured and is to be found again. */
export function OriginalControl() {
  return <DrawingPad path="original.pixels" />;
}
