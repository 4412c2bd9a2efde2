import type { ReactNode } from 'react';
import { useApp } from '../../store/context.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import { ConfigColumn } from './ConfigColumn.tsx';
import { EvidenceColumn } from './EvidenceColumn.tsx';
import { PresetStory } from './PresetStory.tsx';
import styles from './ViewLayout.module.css';

/** The parts of a view: settings on the left, its pictures in the middle, cards on the right. */
export function ViewLayout(props: {
  readonly transport: ReactNode;
  /** Not drawn on a phone, where the settings are a dialog. */
  readonly rail: ReactNode;
  readonly centre: ReactNode;
  readonly evidence: ReactNode;
  /** What the right-hand side is called. */
  readonly evidenceLabel: string;
  readonly evidenceClass?: string | undefined;
}) {
  const phone = usePhone();
  // In a talk or in a frame there is room for the picture and what drives it only.
  const bare = useApp((state) => state.presenting || state.embed);
  const story = useApp((state) => !state.embed && !state.hidden.includes('preset'));
  return (
    <>
      {props.transport}
      {!phone && !bare && <ConfigColumn>{props.rail}</ConfigColumn>}
      <main id="main" className={styles['centre']} tabIndex={-1}>
        {story && <PresetStory />}
        {props.centre}
      </main>
      {!bare && (
        <EvidenceColumn label={props.evidenceLabel} className={props.evidenceClass}>
          {props.evidence}
        </EvidenceColumn>
      )}
    </>
  );
}
