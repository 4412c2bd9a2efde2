import { formatResidual, unbroken } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import styles from './ResidualCard.module.css';

/** Says so when the backward solve stands on a forward point that is no fixed point yet. */
export function LinearizationHint() {
  const adjoint = useApp((state) => (state.pass === 'backward' ? state.adjoint : null));
  const converged = useApp((state) => state.status === 'converged');
  if (!adjoint || converged) return null;
  const { openedAt, forwardResidual } = adjoint;
  return (
    <p className={styles['hint']}>
      Linearized at iteration {openedAt}, at residual {unbroken(formatResidual(forwardResidual))}:
      the forward solve hasn’t converged, so this isn’t yet the gradient at a fixed point.
    </p>
  );
}
