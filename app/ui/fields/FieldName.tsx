import { clsx } from 'clsx';
import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import type { Field } from '../../../src/schema/field.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { useExplain } from './explain/useExplain.ts';
import styles from './FieldName.module.css';

const Explanation = lazyPart(() => import('./explain/Explanation.tsx'), 'The explanation', 'line');

/** What a field is called, and on request what it is: the symbol is the button that tells. */
export function FieldName(props: {
  /** The control's id; the label's is made from it. */
  readonly id: string;
  readonly field: Field;
  readonly path: FieldPath | undefined;
  /** A few words below the name. */
  readonly hint?: string | undefined;
}) {
  const { id, field, path, hint } = props;
  const { open, area, button } = useExplain();
  const panel = `${id}-explain`;
  return (
    <div className={styles['name']} {...area}>
      <label id={`${id}-label`} htmlFor={id}>
        {field.label}
      </label>
      <button
        type="button"
        className={clsx(styles['explain'], field.symbol === undefined && styles['mark'])}
        // With the symbol: who speaks to the page says what is seen (WCAG 2.5.3).
        aria-label={`Explain ${field.label} ${field.symbol ?? ''}`.trim()}
        aria-describedby={open ? panel : undefined}
        aria-expanded={open}
        {...button}
      >
        <span aria-hidden>{field.symbol ?? '?'}</span>
      </button>
      {field.unit !== undefined && !field.label.toLowerCase().includes(field.unit) && (
        <span className={clsx(styles['unit'], field.unit.length > 2 && styles['below'])}>
          {field.unit}
        </span>
      )}
      {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
      {open && (
        <Suspense>
          <Explanation id={panel} field={field} path={path} anchor={area.ref} />
        </Suspense>
      )}
    </div>
  );
}
