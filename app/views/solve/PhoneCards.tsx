import type { ReactNode } from 'react';
import { Swipe } from '../../ui/Swipe.tsx';
import { ConvergenceCard } from './ConvergenceCard.tsx';
import { EventsCard } from './EventsCard.tsx';
import { LazyMemoryCard } from './lazyCards.tsx';
import { MilestonesCard } from './MilestonesCard.tsx';
import { cardIds } from './phoneCardIds.ts';

/** What a phone shows below the chart: one card at a time, so that the chart stays near. */
export default function PhoneCards(props: {
  readonly spectrum: ReactNode;
  readonly gradients: ReactNode;
  /** Looks into the iterations, by name. */
  readonly insights: Readonly<Record<string, ReactNode>>;
  readonly race: ReactNode;
  readonly conventions: ReactNode;
  /** What the state says, where it says anything; first of all where that is what the family is about. */
  readonly outputs: readonly { readonly name: string; readonly panel: ReactNode }[];
  readonly outputsLead: boolean;
}) {
  const { spectrum, gradients, insights, race, conventions, outputs, outputsLead } = props;
  return (
    <Swipe
      label="Below the chart"
      pages={[
        ...(outputsLead ? outputs : []),
        { name: 'Convergence', panel: <ConvergenceCard /> },
        { name: 'Price of each digit', panel: <MilestonesCard /> },
        ...Object.entries(insights).map(([name, panel]) => ({ name, panel })),
        ...(outputsLead ? [] : outputs),
        { name: 'Spectrum', id: cardIds.spectrum, panel: spectrum },
        { name: 'Memory', id: cardIds.memory, panel: <LazyMemoryCard /> },
        { name: 'Events', panel: <EventsCard /> },
        { name: 'Gradient meter', panel: gradients },
        { name: 'Race', panel: race },
        { name: 'Conventions', panel: conventions },
      ]}
    />
  );
}
