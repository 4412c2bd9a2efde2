import { fieldPaths, findField, sectionOf } from '../../../src/schema/fields.ts';
import type { HideablePart } from '../../../src/schema/hide.ts';
import { isOfFamily } from '../../../src/schema/owners.ts';
import { useApp } from '../../store/context.ts';
import { isRelevantIn, railSections, railViewOf } from '../config/railSections.ts';
import { viewList } from '../header/viewList.ts';
import { partName, sectionNames } from './partNames.ts';
import styles from './ShareDialog.module.css';

/** What a link can leave out: views, presets, sections of settings, and single settings of the open view. */
export function PartChoices(props: {
  readonly hidden: readonly HideablePart[];
  readonly onChange: (hidden: readonly HideablePart[]) => void;
}) {
  const { hidden, onChange } = props;
  const view = useApp((state) => state.view);
  const experiment = useApp((state) => state.experiment);
  const { family } = experiment.problem;
  // Those of other families only where a link left them out.
  const sections = (Object.keys(sectionNames) as (keyof typeof sectionNames)[]).filter(
    (section) =>
      hidden.includes(`${section}.*`) ||
      fieldPaths.some((path) => sectionOf(path) === section && isOfFamily(path, family)),
  );
  const rail = railViewOf(view);
  const inRail = new Set(railSections[rail].flatMap(({ paths }) => paths));
  const single = fieldPaths.filter(
    (path) => inRail.has(path) && isRelevantIn(rail, path, experiment),
  );
  const boxes = (parts: readonly HideablePart[]) =>
    parts.map((part) => (
      <label key={part} className={styles['part']}>
        <input
          type="checkbox"
          checked={hidden.includes(part)}
          onChange={({ target }) => {
            const others = hidden.filter((one) => one !== part);
            onChange(target.checked ? [...others, part] : others);
          }}
        />
        <span>{findField(part) ? labelOf(part) : partName(part)}</span>
      </label>
    ));
  return (
    <fieldset className={styles['parts']}>
      <legend>Leave out, for a lesson that wants few things in sight</legend>
      <div className={styles['columns']}>
        {boxes(['preset', ...viewList.flatMap((one) => (one.view === view ? [] : [one.view]))])}
        {boxes(sections.map((section) => `${section}.*` as const))}
      </div>
      <details>
        <summary>Single settings</summary>
        <div className={styles['columns']}>{boxes(single)}</div>
      </details>
    </fieldset>
  );
}

/** A setting with its symbol, as several have the same label. */
function labelOf(part: HideablePart): string {
  const symbol = findField(part)?.symbol;
  const section = sectionNames[part.slice(0, part.indexOf('.')) as keyof typeof sectionNames];
  return `${partName(part)}${symbol === undefined ? '' : ` ${symbol}`} (${section})`;
}
