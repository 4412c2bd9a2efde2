import { useApp } from '../../store/context.ts';
import { EquationBody } from '../EquationBody.tsx';
import { equationNotes, tanhEquation, transformerEquation, trellisEquation } from './equations.tsx';

const axes = {
  transformer: 'batch × length × width',
  trellis: 'batch × length × 2(d + dᵢ)',
  tanh: 'batch × width',
} as const;

/** The layer of a language model. */
export default function Equation() {
  const { kind, layerNorm } = useApp((state) => state.applied.cell);
  const lines = {
    tanh: tanhEquation,
    trellis: trellisEquation,
    transformer: transformerEquation(layerNorm),
  }[kind];
  return <EquationBody lines={lines} note={equationNotes[kind]} axes={axes[kind]} />;
}
