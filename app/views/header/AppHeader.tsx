import { defaultPreset, isPresetName, presets } from '../../../src/schema/presets.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { useHelp } from '../../ui/fields/help/help.ts';
import { usePhone, useShort } from '../../ui/useMediaQuery.ts';
import { DeviceChip } from '../device/DeviceChip.tsx';
import styles from './AppHeader.module.css';
import { CommandsButton } from './CommandsButton.tsx';
import { LeavePresentation } from './LeavePresentation.tsx';
import { RunsButton } from './RunsButton.tsx';
import { SettingsButton } from './SettingsButton.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeButton } from './ThemeButton.tsx';
import { ViewTabs } from './ViewTabs.tsx';

/** The top of the page: what is open, what it runs on, how to pass it on. */
export function AppHeader() {
  const phone = usePhone();
  const short = useShort();
  const view = useApp((state) => state.view);
  const presenting = useApp((state) => state.presenting);
  const choice = useApp((state) => !state.hidden.includes('preset'));
  return (
    <header className={styles['header']}>
      <h1 className={styles['wordmark']}>
        DEQ<span> Playground</span>
      </h1>
      {choice && <PresetPicker />}
      {(!phone || short) && <ViewTabs />}
      <span className={styles['space']} />
      {presenting ? (
        <LeavePresentation />
      ) : (
        <>
          <DeviceChip />
          {phone && (view === 'solve' || view === 'train') && <SettingsButton view={view} />}
          <RunsButton />
          <ShareButton />
          {!phone && <ThemeButton />}
          <CommandsButton />
        </>
      )}
    </header>
  );
}

function PresetPicker() {
  const preset = useApp((state) => state.experiment.preset);
  const opening = useApp((state) => state.opening);
  const claim = useHelp(presets[preset].claim);
  const { choosePreset } = useAppStore().getState();
  return (
    <select
      className={styles['preset']}
      aria-label="Preset"
      title={claim}
      value={opening ?? preset}
      aria-busy={opening !== null}
      onChange={({ target }) => {
        choosePreset(isPresetName(target.value) ? target.value : defaultPreset);
      }}
    >
      {Object.entries(presets).map(([name, { title }]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  );
}
