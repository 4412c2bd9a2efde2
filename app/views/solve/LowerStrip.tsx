import { Suspense, type ReactNode } from 'react';
import { familyOf } from '../../../src/families/settings.ts';
import { familyPages } from '../../families/index.ts';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ConvergenceCard } from './ConvergenceCard.tsx';
import { MilestonesCard } from './MilestonesCard.tsx';
import styles from './SolveView.module.css';

// Behind tabs, or below the first screen of a phone: not part of the first paint.
const SpectralCard = lazyPart(
  async () => ({ default: (await import('./spectrum/SpectralCard.tsx')).SpectralCard }),
  'Spectrum',
);
const GradientCard = lazyPart(
  async () => ({ default: (await import('./gradients/GradientCard.tsx')).GradientCard }),
  'Gradient meter',
);
const PhoneCards = lazyPart(() => import('./PhoneCards.tsx'), 'The cards below the chart');
const RaceCard = lazyPart(() => import('./race/RaceCard.tsx'), 'Race');
const ConventionsCard = lazyPart(() => import('./conventions/ConventionsCard.tsx'), 'Conventions');
const ObservationsCard = lazyPart(() => import('./ObservationsCard.tsx'), 'What the state says');
const TokenMapCard = lazyPart(() => import('./insight/TokenMapCard.tsx'), 'Tokens');
const TrajectoryCard = lazyPart(() => import('./insight/TrajectoryCard.tsx'), 'Trajectory');
const StateCard = lazyPart(() => import('./insight/StateCard.tsx'), 'State');
const SlowMotionCard = lazyPart(() => import('./insight/SlowMotionCard.tsx'), 'Slow motion');

/** What stands below the chart: one thing at a time where there is a centre, all on a phone. */
export function LowerStrip() {
  const phone = usePhone();
  const family = useApp((state) => state.experiment.problem.family);
  const { output } = familyPages[family];
  // Of a text the rows of the map are its tokens; of anything else, whatever parts its state has.
  const map =
    familyOf(family).input === 'text'
      ? { name: 'Tokens', title: 'Which tokens lag behind?' }
      : { name: 'Parts', title: 'Which parts of the state lag behind?' };
  // What does not lead is there only where it has something to say: of a trained model, say.
  const said = useApp(({ observed }) => (observed.at(-1)?.length ?? 0) > 0);
  const { name, title, leads } = output;
  const outputs = leads || said ? [{ name, title, panel: loaded(<ObservationsCard />) }] : [];
  const convergence = (
    <div className={styles['row']}>
      <ConvergenceCard />
      <MilestonesCard />
    </div>
  );
  if (phone) {
    return (
      <Suspense>
        <PhoneCards
          spectrum={<SpectralCard />}
          gradients={<GradientCard />}
          insights={{
            [map.name]: loaded(<TokenMapCard />),
            Trajectory: loaded(<TrajectoryCard />),
            State: loaded(<StateCard />),
            'Slow motion': loaded(<SlowMotionCard />),
          }}
          race={<RaceCard />}
          conventions={loaded(<ConventionsCard />)}
          outputs={outputs}
          outputsLead={leads}
        />
      </Suspense>
    );
  }
  return (
    <Tabs
      label="Below the chart"
      tabs={[
        ...(leads ? outputs : []),
        { name: 'Convergence', title: 'How far it has come', panel: convergence },
        { ...map, panel: loaded(<TokenMapCard />) },
        { name: 'Trajectory', title: 'Where does z go?', panel: loaded(<TrajectoryCard />) },
        {
          name: 'State',
          title: 'The state itself, part by part, at every iteration',
          panel: loaded(<StateCard />),
        },
        {
          name: 'Slow motion',
          title: 'What happens inside one iteration?',
          panel: loaded(<SlowMotionCard />),
        },
        {
          name: 'Spectrum',
          title: 'Would plain iteration converge here?',
          panel: loaded(<SpectralCard />),
        },
        {
          name: 'Gradient meter',
          title: 'Gradients compared',
          panel: loaded(<GradientCard />),
        },
        { name: 'Race', title: 'Solvers side by side', panel: loaded(<RaceCard />) },
        {
          name: 'Conventions',
          title: 'The same solve by the rules of other libraries',
          panel: loaded(<ConventionsCard />),
        },
        ...(leads ? [] : outputs),
      ]}
    />
  );
}

const loaded = (card: ReactNode): ReactNode => <Suspense>{card}</Suspense>;
