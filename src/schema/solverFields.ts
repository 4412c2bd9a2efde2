import { conventions, type ConventionName } from '../numerics/conventions/settings.ts';
import type { KindSettings } from '../numerics/kind.ts';
import { kindSettings } from '../numerics/settings.ts';
import { choice, decades, int, type ChoiceField, type Field } from './field.ts';

type Kind = (typeof kindSettings)[number];
type AdjointKind = Extract<Kind, { readonly adjoint: object }>;
/** `A & B & …` of `A | B | …`. */
type Both<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
  ? { readonly [K in keyof I]: I[K] }
  : never;

/** Names of the solver kinds, and of those that solve the adjoint equation. */
export type SolverId = Kind['id'];
export type AdjointSolverId = AdjointKind['id'];

const all: readonly KindSettings[] = kindSettings;

/** A choice among kinds, by their titles. */
const kindChoice = <T extends string>(
  kinds: readonly KindSettings[],
  words: { readonly label: string; readonly help: string; readonly default: NoInfer<T> },
): ChoiceField<T> =>
  choice({
    ...words,
    labels: Object.fromEntries(kinds.map(({ id, title }) => [id, title])) as Record<T, string>,
    helps: Object.fromEntries(kinds.map(({ id, help }) => [id, help])) as Record<T, string>,
  });

/** The fields of all kinds, each kind's in its own order; a field that kinds share stands once. */
function merge(tables: readonly Readonly<Record<string, Field>>[]): Record<string, Field> {
  const names: string[] = [];
  const fields: Record<string, Field> = {};
  for (const table of tables) {
    const own = Object.keys(table);
    for (const [at, name] of own.entries()) {
      fields[name] ??= table[name] as Field;
      if (names.includes(name)) continue;
      // Before the next one that is there already.
      const next = own.slice(at).find((other) => names.includes(other));
      names.splice(next === undefined ? names.length : names.indexOf(next), 0, name);
    }
  }
  return Object.fromEntries(names.map((name) => [name, fields[name] as Field]));
}

/** Which kind makes the forward solve. */
export const kindField = kindChoice<SolverId>(all, {
  label: 'Method',
  help: 'How the solver gets its next estimate from the evaluations so far.',
  // A window of six bounds its memory, in this pass as in the adjoint, so that a DEQ's is flat over depth; a
  // Broyden solve of so few pairs often diverges on a transformer.
  default: 'anderson',
});

/** The options of all kinds. */
export const kindFields = merge(all.map(({ options }) => options)) as unknown as Both<
  Kind['options']
>;

/** What is the same for all kinds: when the forward solve ends. */
export const stopFields = {
  tolerance: decades({
    label: 'Tolerance',
    symbol: 'ε',
    help: 'The solve has converged when every sample’s residual is below it. Float32 cannot go much below 1e-7 relative.',
    default: 1e-3,
    min: 1e-8,
    max: 1e-1,
  }),
  stopMode: choice({
    label: 'Stop on',
    help: 'Relative: ‖f(z) − z‖ / ‖f(z)‖. Absolute: ‖f(z) − z‖.',
    default: 'rel',
    labels: { rel: 'relative', abs: 'absolute' },
  }),
  convention: choice<ConventionName>({
    label: 'Conventions',
    help: 'Whose residual, stopping rule, returned point and ridge are used. Libraries differ in silence: the same solve then ends at another iteration.',
    default: 'own',
    labels: Object.fromEntries(
      Object.entries(conventions).map(([name, { label }]) => [name, label]),
    ) as Record<ConventionName, string>,
    advanced: true,
  }),
  maxIterations: int({
    label: 'Max iterations',
    symbol: 'K',
    unit: 'iterations',
    help: 'The solve stops here if it has not converged.',
    default: 60,
    min: 1,
    max: 200,
  }),
} as const;

/** How the adjoint solve is made: the kind, what is the same for all kinds, and its options. */
export const adjointFields = {
  solver: kindChoice<AdjointSolverId>(
    all.filter(({ adjoint }) => adjoint !== null),
    {
      label: 'Adjoint solver',
      help: 'Solves u = Jᵀu + ∂L/∂z, a fixed-point equation too; each of its steps is one backward pass through f.',
      // Six pairs of states bound its memory, and on every preset it gets to 1e-6, which Broyden needs about forty for.
      default: 'anderson',
    },
  ),
  tolerance: decades({
    label: 'Adjoint tol.',
    symbol: 'ε',
    help: 'The adjoint solve has converged when its residual is below it; the gradient is only as exact.',
    default: 1e-6,
    min: 1e-8,
    max: 1e-1,
  }),
  maxIterations: int({
    label: 'Adjoint limit',
    symbol: 'K',
    unit: 'steps',
    help: 'The adjoint solve stops here if it has not converged; the gradient is then inexact.',
    default: 60,
    min: 1,
    max: 200,
  }),
  ...(merge(all.map(({ adjoint }) => adjoint?.options ?? {})) as unknown as Both<
    AdjointKind['adjoint']['options']
  >),
} as const;
