import { familyOf } from '../../../src/families/settings.ts';
import { useApp } from '../../store/context.ts';
import { plural } from '../../format.ts';
import { AutoRun } from './AutoRun.tsx';
import { ChangeSummary } from './ChangeSummary.tsx';
import { ConfigSection } from './ConfigSection.tsx';
import { railSections, type RailSection, type RailView } from './railSections.ts';
import styles from './ConfigRail.module.css';

/** Every setting that has an effect in a view, made from the table of fields. */
export function ConfigRail({ view }: { readonly view: RailView }) {
  const input = useApp((state) => familyOf(state.experiment.problem.family).input);
  // What is drawn is what one does there: it stands above all settings but the family.
  const sections =
    input === 'text'
      ? railSections[view]
      : railSections[view].toSorted((a, b) => rank(a) - rank(b));
  return (
    <div className={styles['rail']}>
      {sections.map((section) => (
        <ConfigSection
          key={section.title ?? ''}
          view={view}
          section={section}
          aside={section.extra === 'parameters' && <Parameters view={view} />}
        >
          {section.extra === 'notes' && <InputNotes />}
        </ConfigSection>
      ))}
      {view === 'solve' && <AutoRun />}
      <ChangeSummary />
    </div>
  );
}

const rank = ({ title, extra }: RailSection): number =>
  title === undefined ? 0 : extra === 'notes' ? 1 : 2;

/** Trainable numbers: of the problem on screen, or of the model for the text that was read. */
function Parameters({ view }: { readonly view: RailView }) {
  const parameters = useApp((state) =>
    view === 'train' ? state.corpus.report?.parameters : state.problem?.parameters,
  );
  return parameters === undefined ? null : plural(parameters, 'parameter');
}

/** What the visitor should know of how the input was read. */
function InputNotes() {
  const notes = useApp((state) => state.problem?.notes);
  return notes?.map((note) => (
    <p key={note} className={styles['note']}>
      {note}
    </p>
  ));
}
