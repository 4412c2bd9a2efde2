import { choice, flag, int, real } from './field.ts';
import { adjointFields } from './solverFields.ts';

/** How the gradient is computed, and the adjoint solve behind it. */
export const backwardFields = {
  method: choice({
    label: 'Gradient',
    help: 'How the gradient goes through the fixed point: exactly, by the adjoint equation, or by something cheaper.',
    default: 'implicit',
    labels: {
      implicit: 'Implicit',
      shine: 'SHINE',
      'one-step': 'One-step (JFB)',
      neumann: 'Neumann series',
      phantom: 'Phantom',
      unrolled: 'Unrolled',
    },
  }),
  ...adjointFields,
  seeded: flag({
    label: 'Seeded',
    help: 'The adjoint solve begins with the inverse Jacobian that the forward solve has learnt, transposed. States of few numbers then take about half the backward passes, those of a transformer hardly fewer.',
    // By the table of docs/performance.md it gains too little where it would matter.
    default: false,
  }),
  terms: int({
    label: 'Neumann terms',
    symbol: 'N',
    help: 'Powers of Jᵀ in the truncated series Σ (Jᵀ)ⁱ ∂L/∂z, beyond the first.',
    default: 5,
    min: 1,
    max: 50,
  }),
  steps: int({
    label: 'Phantom steps',
    symbol: 'k',
    help: 'Damped evaluations of f after the solve that are differentiated by ordinary backpropagation.',
    default: 5,
    min: 1,
    max: 20,
  }),
  damping: real({
    label: 'Phantom share',
    symbol: 'τ',
    help: 'Share of f(z) in each of the phantom steps.',
    default: 0.5,
    min: 0.05,
    max: 1,
    step: 0.05,
  }),
} as const;

/** What the memory panel compares with, and how far it may go. */
export const memoryFields = {
  depth: int({
    label: 'Unrolled depth',
    symbol: 'n',
    help: 'Layers of the explicit network the DEQ is compared with; 0 means as many evaluations as the solver used.',
    default: 0,
    min: 0,
    max: 96,
  }),
  limit: int({
    label: 'Memory limit',
    unit: 'MB',
    help: 'What is predicted to need more is refused: a training run, or a measurement unless you insist.',
    advanced: true,
    default: 2048,
    min: 64,
    max: 16_384,
  }),
} as const;
