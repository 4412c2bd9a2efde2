import { useMemo } from 'react';
import type { InverseEstimate } from '../../../../src/engine/protocol/protocol.ts';
import type { MatrixObservation } from '../../../../src/families/observation.ts';
import MatrixPicture from '../../../pictures/MatrixPicture.tsx';

/** The inverse Jacobian that a method has guessed so far, as it stands at the step that is looked into. */
export default function InverseMatrix(props: {
  readonly inverse: InverseEstimate;
  readonly iteration: number;
}) {
  const { inverse, iteration } = props;
  const shown = useMemo(
    (): MatrixObservation => ({
      ...({ kind: 'matrix', name: 'B', symmetric: true } as const),
      ...{ rows: inverse.rows, columns: inverse.rows, data: inverse.data },
    }),
    [inverse],
  );
  return (
    <MatrixPicture
      {...{ shown, iteration }}
      history={[shown]}
      sample={0}
      samples={[]}
      done={false}
    />
  );
}
