import { ChartSpline, GraduationCap } from 'lucide-react';
import type { View } from '../../../src/config/link.ts';
import { useApp } from '../../store/context.ts';
import styles from './ViewTabs.module.css';

const views = [
  {
    view: 'solve',
    name: 'Solve',
    icon: ChartSpline,
    title: 'How does this iteration converge? (1)',
  },
  { view: 'train', name: 'Train', icon: GraduationCap, title: 'Can it learn, at what cost? (2)' },
] as const satisfies readonly { view: View; [key: string]: unknown }[];

/** The pages of the site: in the header, or on a phone along the bottom edge. */
export function ViewTabs() {
  const open = useApp((state) => state.view);
  const showView = useApp((state) => state.showView);
  return (
    <nav className={styles['tabs']} aria-label="Views">
      {views.map(({ view, name, icon: Icon, title }) => (
        <a
          key={view}
          className={styles['tab']}
          href={`#/${view}`}
          title={title}
          {...(view === open ? { 'aria-current': 'page' as const } : {})}
          onClick={(event) => {
            // With a modifier the browser opens it elsewhere; here the set-up is kept.
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            showView(view);
          }}
        >
          <Icon size={17} className={styles['icon']} aria-hidden />
          {name}
        </a>
      ))}
    </nav>
  );
}
