import { ChevronDown } from 'lucide-react';
import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { differences } from '../../../src/schema/experiment.ts';
import { presets } from '../../../src/schema/presets.ts';
import { plural } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { useHelp } from '../../ui/fields/help/help.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import styles from './PresetStory.module.css';

/** With what the gallery knows of every preset. */
const PresetTries = lazyPart(() => import('./PresetTries.tsx'), 'What to try', 'line');

/** What the preset on screen is to show and what to try with it; on a phone the latter on request. */
export function PresetStory() {
  const preset = useApp((state) => state.experiment.preset);
  const changes = useApp((state) => differences(state.experiment).length);
  const phone = usePhone();
  const { title, claim: words } = presets[preset];
  const claim = useHelp(words);
  const told = (
    <>
      <b>{title}.</b> {claim}
      {changes > 0 && (
        <span className={styles['changed']}> {plural(changes, 'setting')} changed since.</span>
      )}
    </>
  );
  const tries = (
    <div className={styles['tries']}>
      <Suspense fallback={<span>Then try:</span>}>
        <PresetTries preset={preset} />
      </Suspense>
    </div>
  );
  return (
    <section className={styles['story']} aria-label="What to look for" data-story>
      {phone ? (
        <details key={preset}>
          <summary title={claim}>
            <span className={styles['words']}>{told}</span>
            <ChevronDown size={16} className={styles['sign']} aria-hidden />
          </summary>
          {tries}
        </details>
      ) : (
        <>
          <p>{told}</p>
          {tries}
        </>
      )}
    </section>
  );
}
