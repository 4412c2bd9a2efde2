import { useApp } from '../../store/context.ts';
import { plural } from '../../format.ts';
import { AutoRun } from './AutoRun.tsx';
import { ChangeSummary } from './ChangeSummary.tsx';
import { ConfigSection } from './ConfigSection.tsx';
import { railSections, type RailView } from './railSections.ts';
import styles from './ConfigRail.module.css';

/** Every setting that has an effect in a view, made from the table of fields. */
export function ConfigRail({ view }: { readonly view: RailView }) {
  return (
    <div className={styles['rail']}>
      {railSections[view].map((section) => (
        <ConfigSection
          key={section.title}
          view={view}
          section={section}
          aside={section.extra === 'parameters' && <Parameters view={view} />}
        >
          {section.extra === 'unknown' && <Unknown />}
        </ConfigSection>
      ))}
      {view === 'solve' && <AutoRun />}
      <ChangeSummary />
    </div>
  );
}

/** Trainable numbers: of the problem on screen, or of the model for the text that was read. */
function Parameters({ view }: { readonly view: RailView }) {
  const parameters = useApp((state) =>
    view === 'train' ? state.corpus.report?.parameters : state.problem?.parameters,
  );
  return parameters === undefined ? null : plural(parameters, 'parameter');
}

/** Characters the alphabet doesn't have are read as one and the same: worth knowing. */
function Unknown() {
  const unknown = useApp((state) => state.problem?.unknown ?? 0);
  if (unknown === 0) return null;
  const verb = unknown === 1 ? 'isn’t in the alphabet and is' : 'aren’t in the alphabet and are';
  return (
    <p className={styles['unknown']}>
      {plural(unknown, 'character')} {verb} read as “unknown”.
    </p>
  );
}
