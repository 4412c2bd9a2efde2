import { conventions, type Convention, type ConventionName } from './conventions/settings.ts';
import { settingsOf } from './settingsOf.ts';
import type { SolverId } from './solver.ts';

/** What the convention that a solve follows says of it. */
export function conventionOf({
  convention = 'own',
  method,
}: {
  readonly convention?: ConventionName;
  readonly method: SolverId;
}): Convention {
  return { ...conventions[convention], ...settingsOf(method).conventions[convention] };
}

/** One value for each sample, as a verdict is to see them. */
export function valuesToJudge({ scope }: Convention, values: readonly number[]): number[] {
  if (scope !== 'worst') return [...values];
  // Written so that a NaN is the worst.
  const worst = values.reduce((a, b) => (b < a ? a : b), -Infinity);
  return values.map(() => worst);
}
