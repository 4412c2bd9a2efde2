import type { Experiment } from '../../../../src/schema/experiment.ts';
import type { StepReport } from '../../../../src/engine/protocol/protocol.ts';
import type { Say } from '../../../../src/numerics/kind.ts';
import { solverEvents } from '../../../../src/numerics/settingsOf.ts';
import { kindWords } from '../../../../src/numerics/words.ts';
import { formatResidual, plural } from '../../../format.ts';
import { returnedPoint } from '../conventions/conventionWords.ts';
import { normsOver, residualFormulas } from '../residualFormulas.ts';

/** A number with its name, drawn as a bar. */
export interface StageBar {
  readonly name: string;
  readonly value: number;
}

/** One moment of an iteration. */
export interface Stage {
  readonly key: 'evaluate' | 'residual' | 'solve' | 'step' | 'accept';
  /** A few words for the list of stages. */
  readonly title: string;
  /** One or two sentences. */
  readonly words: string;
  /** What is computed, as a formula. */
  readonly formula: string;
  readonly bars: readonly StageBar[];
  /** Signed bars have their zero in the middle. */
  readonly signed?: boolean;
  /** What they add up to, where that says something. */
  readonly total?: string;
  readonly warning?: string;
}

/** What is narrated. */
export interface Narrated {
  readonly step: StepReport;
  /** Iteration at which the engine's count begins. */
  readonly start: number;
  /** Of the solve that is narrated; it holds the options of the kind at work. */
  readonly solver: Pick<Experiment['solver'], 'method' | 'convention'> &
    Partial<Experiment['solver']>;
}

const say: Say = { number: formatResidual, count: plural };

/** The five moments of the step from iteration k to the next. */
export function stagesOf({ step, start, solver }: Narrated): readonly Stage[] {
  const k = step.iteration + start;
  const [here, there] = [subscript(k), subscript(k + 1)];
  const words = kindWords[step.method];
  const told = { inside: step.inside, evaluations: step.evaluations, here, there };
  const { formula, how } = words.step(told, solver, say);
  return [
    {
      key: 'evaluate',
      title: 'Evaluate the layer',
      formula: `f(z${here})`,
      words: `The layer is applied to z${here} once. What comes out has length ${formatResidual(step.image)}; what went in, ${formatResidual(step.size)}.`,
      bars: [
        { name: `‖z${here}‖`, value: step.size },
        { name: `‖f(z${here})‖`, value: step.image },
      ],
    },
    {
      key: 'residual',
      title: 'See what is left',
      formula: `g = f(z${here}) − z${here}`,
      words: residualWords(step, solver),
      bars: [
        { name: `‖f(z${here})‖`, value: step.image },
        { name: '‖g‖', value: step.pull },
      ],
    },
    { key: 'solve', ...words.solve(told, solver, say) },
    {
      key: 'step',
      title: 'Take the step',
      formula,
      words: `${how}, ${movedWords(step)}`,
      bars: [
        { name: '‖g‖', value: step.pull },
        { name: `‖z${there} − z${here}‖`, value: step.step },
      ],
    },
    {
      key: 'accept',
      title: 'Look again',
      formula: `f(z${there}) − z${there}`,
      words: verdict(step, solver),
      bars: [
        { name: `before, k = ${String(k)}`, value: step.residual },
        { name: `after, k = ${String(k + 1)}`, value: step.next },
      ],
      ...(step.event ? { warning: `${solverEvents[step.event].words}.` } : {}),
    },
  ];
}

/** What is left, and the residual that follows from it by the rules in use. */
function residualWords(
  { pull, residual, relative }: StepReport,
  solver: Narrated['solver'],
): string {
  const moves = `The layer still moves the state by ${formatResidual(pull)}`;
  if (solver.convention === 'own')
    return `${moves}, which is ${formatResidual(relative)} of its length: the relative residual.`;
  const { rel } = residualFormulas({ solver }, 'forward');
  return `${moves}. By the convention in use the residual is ${formatResidual(residual)}, and the relative residual ${rel}, over ${normsOver(solver)}, ${formatResidual(relative)}.`;
}

/** How far the state moves, beside how far the layer points. */
function movedWords({ step, pull }: StepReport): string {
  const ratio = step / pull;
  const beside =
    ratio > 1.05
      ? `${ratio.toPrecision(2)} times as far as the layer points`
      : ratio < 0.95
        ? `${formatResidual(ratio)} of the way the layer points`
        : 'as far as the layer points';
  return `the state moves by ${formatResidual(step)}: ${beside}.`;
}

const answersLast = (solver: Narrated['solver']): boolean => returnedPoint(solver).includes('last');

function verdict({ residual, next }: StepReport, solver: Narrated['solver']): string {
  if (!Number.isFinite(next))
    return 'The new residual isn’t a finite number: the solve has blown up.';
  const factor = next / residual;
  const change = `from ${formatResidual(residual)} to ${formatResidual(next)}`;
  return factor < 1
    ? `The residual falls ${change}, to ${formatResidual(factor)} of what it was. The step stands.`
    : `The residual goes ${change}, ${formatResidual(factor)} times what it was. The step stands all the same: ${answersLast(solver) ? 'by this convention the last point is the answer' : 'the best point so far is kept'}.`;
}

const digits = '₀₁₂₃₄₅₆₇₈₉';

/** A whole number as a subscript. */
export const subscript = (value: number): string =>
  Array.from(String(value), (digit) => digits.charAt(Number(digit))).join('');
