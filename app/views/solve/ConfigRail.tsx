import { Dices } from 'lucide-react';
import { fields, isRelevant, type FieldPath, type Section } from '../../../src/config/fields.ts';
import { differences, settingAt } from '../../../src/config/experiment.ts';
import { useApp } from '../../store/context.ts';
import { plural } from '../../format.ts';
import { FieldControl } from '../../ui/fields/FieldControl.tsx';
import type { Field } from '../../../src/config/field.ts';
import { Advanced } from './Advanced.tsx';
import { ChangeSummary } from './ChangeSummary.tsx';
import styles from './ConfigRail.module.css';

const titles: Readonly<Record<Section, string>> = {
  cell: 'Model',
  solver: 'Solver',
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
  return (
    <section className={styles['section']}>
      <h3 className={styles['title']}>
        {titles[section]}
        {section === 'cell' && parameters !== undefined && (
          <span className={styles['aside']}>{plural(parameters, 'parameter')}</span>
        )}
      </h3>
      {relevant
        .filter(({ field }) => !field.advanced)
        .map(({ path, field }) => (
          <Setting key={path} path={path} field={field} changed={changed.has(path)} />
        ))}
      {section === 'input' && <Unknown />}
      {advanced.length > 0 && (
        <Advanced changes={advanced.filter(({ path }) => changed.has(path)).length}>
          {advanced.map(({ path, field }) => (
            <Setting key={path} path={path} field={field} changed={changed.has(path)} />
          ))}
        </Advanced>
      )}
    </section>
  );
}

function Setting(props: {
  readonly path: FieldPath;
  readonly field: Field;
  readonly changed: boolean;
}) {
  const { path, field, changed } = props;
  const value = useApp((state) => settingAt(state.experiment, path));
  const note = useApp((state) => state.notes[path]);
  const change = useApp((state) => state.change);
  const restore = useApp((state) => state.restore);
  return (
    <FieldControl
      field={field}
      value={value}
      changed={changed}
      note={note}
      onChange={(raw) => {
        change(path, raw);
      }}
      onRestore={() => {
        restore(path);
      }}
      {...(path === 'random.seed' ? { instead: <NewSeed /> } : {})}
    />
  );
}

/** A seed has no order to slide along; a fresh one is what people want. */
function NewSeed() {
  const change = useApp((state) => state.change);
  return (
    <button
      type="button"
      className={styles['dice']}
      aria-label="New seed"
      title="New seed: other weights from the same distribution"
      onClick={() => {
        change('random.seed', Math.floor(Math.random() * (fields.random.seed.max + 1)));
      }}
    >
      <Dices size={17} aria-hidden />
    </button>
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
