import { Fragment, Suspense, type ReactNode } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { differences } from '../../../src/schema/experiment.ts';
import { findField, type FieldPath } from '../../../src/schema/fields.ts';
import { isHidden } from '../../../src/schema/hide.ts';
import { useApp } from '../../store/context.ts';
import { Advanced } from './Advanced.tsx';
import styles from './ConfigRail.module.css';
import { isRelevantIn, type RailSection, type RailView } from './railSections.ts';
import { Setting } from './Setting.tsx';

/** Of the Train view alone. */
const ScheduleSparkline = lazyPart(
  () => import('./ScheduleSparkline.tsx'),
  'The picture of the schedule',
  'line',
);

/** One group of the rail: the everyday fields in sight, the others folded. */
export function ConfigSection(props: {
  readonly view: RailView;
  readonly section: RailSection;
  /** Stands beside the title. */
  readonly aside?: ReactNode;
  /** Stands below the everyday fields. */
  readonly children?: ReactNode;
}) {
  const { view, section, aside, children } = props;
  const experiment = useApp((state) => state.experiment);
  const changed = new Set<FieldPath>(differences(experiment));
  const hidden = useApp((state) => state.hidden);
  const sought = useApp((state) => state.sought);
  const relevant = section.paths.filter(
    (path) => isRelevantIn(view, path, experiment) && !isHidden(hidden, path),
  );
  const advanced = relevant.filter((path) => findField(path)?.advanced);
  const rows = (paths: readonly FieldPath[]) =>
    paths.map((path) => (
      <Fragment key={path}>
        <Setting path={path} />
        {path === 'train.learningRate' && (
          <Suspense>
            <ScheduleSparkline />
          </Suspense>
        )}
      </Fragment>
    ));
  const changes = (paths: readonly FieldPath[]): number =>
    paths.filter((path) => changed.has(path)).length;
  const looked = (paths: readonly FieldPath[]): boolean => paths.some((path) => path === sought);
  if (relevant.length === 0) return null;
  if (section.folded) {
    return (
      <Advanced
        title={<h3>{section.title}</h3>}
        changes={changes(relevant)}
        sought={looked(relevant)}
      >
        {rows(relevant)}
      </Advanced>
    );
  }
  return (
    <section className={styles['section']}>
      {section.title !== undefined && (
        <h3 className={styles['title']}>
          {section.title}
          {aside !== undefined && <span className={styles['aside']}>{aside}</span>}
        </h3>
      )}
      {rows(relevant.filter((path) => !advanced.includes(path)))}
      {children}
      {advanced.length > 0 && (
        <Advanced title="Advanced" changes={changes(advanced)} sought={looked(advanced)}>
          {rows(advanced)}
        </Advanced>
      )}
    </section>
  );
}
