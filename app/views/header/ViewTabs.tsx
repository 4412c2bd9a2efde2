import { viewNames } from '../../../src/schema/views.ts';
import { useApp } from '../../store/context.ts';
import { viewList } from './viewList.ts';
import styles from './ViewTabs.module.css';

/** The pages of the site: in the header, or on a phone along the bottom edge. */
export function ViewTabs() {
  const open = useApp((state) => state.view);
  const hidden = useApp((state) => state.hidden);
  const showView = useApp((state) => state.showView);
  return (
    <nav className={styles['tabs']} aria-label="Views" data-screen-only>
      {viewList.map(
        ({ view, icon: Icon, title }, index) =>
          !hidden.includes(view) && (
            <a
              key={view}
              className={styles['tab']}
              href={`#/${view}`}
              title={`${title} (${String(index + 1)})`}
              aria-keyshortcuts={String(index + 1)}
              {...(view === open ? { 'aria-current': 'page' as const } : {})}
              onClick={(event) => {
                // With a modifier the browser opens it elsewhere; here the set-up is kept.
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                showView(view);
              }}
            >
              <Icon size={17} className={styles['icon']} aria-hidden />
              {viewNames[view]}
            </a>
          ),
      )}
    </nav>
  );
}
