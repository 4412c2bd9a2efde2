import { useApp } from '../../store/context.ts';
import { limitOf, shownRecord } from '../../store/solve/shown.ts';
import { Readout } from '../../ui/Readout.tsx';

/** How far the shown solve has come, of the iterations it may take. */
export function IterationCount() {
  const iteration = useApp((state) => shownRecord(state)?.iteration ?? 0);
  const limit = useApp(limitOf);
  const backward = useApp((state) => state.pass === 'backward');
  return (
    <Readout
      label="iteration"
      title={
        backward
          ? 'Updates of the adjoint solver so far; iteration 0 is u = 0'
          : 'Solver updates so far; iteration 0 is the starting point z₀'
      }
      value={String(iteration)}
      suffix={` / ${String(limit)}`}
    />
  );
}
