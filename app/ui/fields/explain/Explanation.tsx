import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { Field } from '../../../../src/schema/field.ts';
import { findField, type FieldPath } from '../../../../src/schema/fields.ts';
import { Typeset } from '../../Typeset.tsx';
import { helpText } from '../help/help.ts';
import families from '../help/familyWords.ts';
import general from '../help/words.ts';
import styles from './Explanation.module.css';
import { explanations } from './explanations.ts';
import formulas from './formulas.tex.json';
import { placeBeside } from './placeBeside.ts';

const words = { general, families };

/** What a setting is: its words, the formulas it stands in, and where they come from. */
export default function Explanation(props: {
  readonly id: string;
  readonly field: Field;
  readonly path: FieldPath | undefined;
  /** In the row it belongs to, which it keeps clear of. */
  readonly anchor: RefObject<HTMLElement | null>;
}) {
  const { id, field, path, anchor } = props;
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = panel.current;
    if (!element) return;
    // In the top layer nothing cuts it off, neither the rail nor a sheet.
    element.showPopover();
    const place = (): void => {
      const row = anchor.current?.parentElement?.getBoundingClientRect();
      const { left, top } = placeBeside(row ?? new DOMRect(), element.getBoundingClientRect(), {
        width: innerWidth,
        height: innerHeight,
      });
      element.style.left = `${String(left)}px`;
      element.style.top = `${String(top)}px`;
    };
    place();
    // It grows when the font of its formulas comes in.
    const growth = new ResizeObserver(place);
    growth.observe(element);
    return () => {
      growth.disconnect();
    };
  }, [anchor]);
  const known = path && explanations[path];
  const options = field.control === 'choice' ? field.options.filter(({ help }) => help) : [];
  // By the name that the table has: here an option may be marked as too large.
  const table = path && findField(path);
  const nameOf = (of: string): string | undefined =>
    table?.control === 'choice'
      ? table.options.find(({ value }) => value === of)?.label
      : options.find(({ value }) => value === of)?.label;
  // One with a formula of its own is told beside it.
  const told = options.filter(
    ({ value }) => !known?.formulas?.some(([, of]) => of === nameOf(value)),
  );
  const caseOf = (of: string): string => {
    const option = options.find(({ value }) => nameOf(value) === of);
    return option ? `${option.label}: ${helpText(option.help ?? '', words)}` : of;
  };
  return (
    // A panel that scrolls would be a stop of the Tab key by itself, and shut as it is reached.
    <div
      ref={panel}
      id={id}
      role="tooltip"
      popover="manual"
      tabIndex={-1}
      className={styles['panel']}
    >
      <p className={styles['name']}>
        {field.label} {field.symbol !== undefined && <var>{field.symbol}</var>}
      </p>
      <p>{helpText(field.help, words)}</p>
      {told.length > 0 && (
        <dl className={styles['options']}>
          {told.map(({ label, help = '' }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{helpText(help, words)}</dd>
            </div>
          ))}
        </dl>
      )}
      {known?.formulas?.map(([formula, of]) => (
        <div key={formula} className={styles['formula']}>
          {of !== undefined && <p className={styles['where']}>{caseOf(of)}</p>}
          <Typeset math={formulas[formula]} />
        </div>
      ))}
      {known?.reason !== undefined && <p>{known.reason}</p>}
      {known && <p className={styles['source']}>{known.source}</p>}
    </div>
  );
}
