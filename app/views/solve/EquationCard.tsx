import { Suspense } from 'react';
import { familyPages } from '../../families/index.ts';
import { useApp } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';

/** What is being solved: f, the shape of its state, and how many numbers it has learnt from. */
export function EquationCard() {
  const { Equation } = familyPages[useApp((state) => state.applied.problem.family)];
  return (
    <Card title="Equation">
      <Suspense>
        <Equation />
      </Suspense>
    </Card>
  );
}
