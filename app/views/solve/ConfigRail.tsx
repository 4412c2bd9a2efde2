import { fields, isRelevant, type FieldPath, type Section } from '../../../src/config/fields.ts';
import { differences } from '../../../src/config/experiment.ts';
import { useApp } from '../../store/context.ts';
import { plural } from '../../format.ts';
import type { Field } from '../../../src/config/field.ts';
import { Advanced } from './Advanced.tsx';
import { ChangeSummary } from './ChangeSummary.tsx';
import { Setting } from './Setting.tsx';
import styles from './ConfigRail.module.css';

const titles: Readonly<Record<Section, string>> = {
  cell: 'Model',
  solver: 'Solver',
  backward: 'Backward pass',
  memory: 'Memory',
  input: 'Input',
  random: 'Random',
};

/** Every setting that has an effect, made from the table of fields. */
export function ConfigRail() {
  return (
    <div className={styles['rail']}>
      {(Object.keys(fields) as Section[]).map((section) => (
        <ConfigSection key={section} section={section} />
      ))}
      <ChangeSummary />
    </div>
  );
}

function ConfigSection({ section }: { readonly section: Section }) {
  const experiment = useApp((state) => state.experiment);
  const parameters = useApp((state) => state.problem?.parameters);
  const relevant = Object.entries<Field>(fields[section])
    .map(([key, field]) => ({ field, path: `${section}.${key}` as FieldPath }))
    .filter(({ path }) => isRelevant(path, experiment));
  const advanced = relevant.filter(({ field }) => field.advanced);
  const changed = new Set<FieldPath>(differences(experiment));
  const rows = (list: typeof relevant) =>
    list.map(({ path, field }) => (
      <Setting key={path} path={path} field={field} changed={changed.has(path)} />
    ));
  const changes = (list: typeof relevant) => list.filter(({ path }) => changed.has(path)).length;
  if (section === 'backward' || section === 'memory') {
    return (
      <Advanced title={<h3>{titles[section]}</h3>} changes={changes(relevant)}>
        {rows(relevant)}
      </Advanced>
    );
  }
  return (
    <section className={styles['section']}>
      <h3 className={styles['title']}>
        {titles[section]}
        {section === 'cell' && parameters !== undefined && (
          <span className={styles['aside']}>{plural(parameters, 'parameter')}</span>
        )}
      </h3>
      {rows(relevant.filter(({ field }) => !field.advanced))}
      {section === 'input' && <Unknown />}
      {advanced.length > 0 && (
        <Advanced title="Advanced" changes={changes(advanced)}>
          {rows(advanced)}
        </Advanced>
      )}
    </section>
  );
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
