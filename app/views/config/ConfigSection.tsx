import { Fragment, type ReactNode } from 'react';
import { differences } from '../../../src/config/experiment.ts';
import { findField, type FieldPath } from '../../../src/config/fields.ts';
import type { View } from '../../../src/config/link.ts';
import { useApp } from '../../store/context.ts';
import { Advanced } from './Advanced.tsx';
import styles from './ConfigRail.module.css';
import { isRelevantIn, type RailSection } from './railSections.ts';
import { ScheduleSparkline } from './ScheduleSparkline.tsx';
import { Setting } from './Setting.tsx';

/** One group of the rail: the everyday fields in sight, the others folded. */
export function ConfigSection(props: {
  readonly view: View;
  readonly section: RailSection;
  /** Stands beside the title. */
  readonly aside?: ReactNode;
  /** Stands below the everyday fields. */
  readonly children?: ReactNode;
}) {
  const { view, section, aside, children } = props;
  const experiment = useApp((state) => state.experiment);
  const changed = new Set<FieldPath>(differences(experiment));
  const relevant = section.paths.filter((path) => isRelevantIn(view, path, experiment));
  const advanced = relevant.filter((path) => findField(path)?.advanced);
  const rows = (paths: readonly FieldPath[]) =>
    paths.map((path) => (
      <Fragment key={path}>
        <Setting path={path} />
        {path === 'train.learningRate' && <ScheduleSparkline />}
      </Fragment>
    ));
  const changes = (paths: readonly FieldPath[]): number =>
    paths.filter((path) => changed.has(path)).length;
  if (section.folded) {
    return (
      <Advanced title={<h3>{section.title}</h3>} changes={changes(relevant)}>
        {rows(relevant)}
      </Advanced>
    );
  }
  return (
    <section className={styles['section']}>
      <h3 className={styles['title']}>
        {section.title}
        {aside !== undefined && <span className={styles['aside']}>{aside}</span>}
      </h3>
      {rows(relevant.filter((path) => !advanced.includes(path)))}
      {children}
      {advanced.length > 0 && (
        <Advanced title="Advanced" changes={changes(advanced)}>
          {rows(advanced)}
        </Advanced>
      )}
    </section>
  );
}
