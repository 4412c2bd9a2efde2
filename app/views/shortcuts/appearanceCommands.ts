import { chooseTheme } from '../../theme/useTheme.ts';
import { cursorOn } from '../../store/solve/shown.ts';
import type { Command } from './command.ts';

/** How the page looks, and what can be laid over it. */
export const appearanceCommands: readonly Command[] = [
  {
    id: 'commands',
    group: 'Page',
    keys: ['Mod+K'],
    what: 'Commands, presets and settings by name',
    bar: 'commands',
    run: ({ openLayer }) => {
      openLayer('commands');
    },
    inFields: true,
    keyOnly: true,
  },
  {
    id: 'keys',
    group: 'Page',
    keys: ['?'],
    what: 'Keyboard shortcuts',
    bar: 'all keys',
    run: ({ openLayer }) => {
      openLayer('keys');
    },
  },
  {
    id: 'runs',
    group: 'Page',
    keys: ['Shift+R'],
    what: 'Runs: what was solved and trained, to compare and to save',
    when: ({ embed }) => !embed,
    run: ({ runsOpen, openRuns }) => {
      openRuns(!runsOpen);
    },
  },
  {
    id: 'save',
    group: 'Page',
    keys: ['Mod+S'],
    what: 'Save the set-up and the chosen runs as a file',
    run: ({ openLayer }) => {
      openLayer('bundle');
    },
    inFields: true,
  },
  {
    id: 'share',
    group: 'Page',
    what: 'Share: link, Markdown, teacher link, frame',
    run: ({ openLayer }) => {
      openLayer('share');
    },
  },
  {
    id: 'torch',
    group: 'Page',
    what: 'Continue in PyTorch: a Python file and the weights',
    run: ({ openLayer }) => {
      openLayer('torch');
    },
  },
  {
    id: 'about',
    group: 'Page',
    what: 'About: version, licence, sources, privacy',
    run: ({ openLayer }) => {
      openLayer('about');
    },
  },
  {
    id: 'present',
    group: 'Page',
    keys: ['Shift+P'],
    what: 'Presentation: larger type, no rails',
    run: ({ presenting, setPresenting }) => {
      setPresenting(!presenting);
    },
  },
  {
    id: 'escape',
    group: 'Page',
    keys: ['Escape'],
    what: 'Close what lies on top; leave the presentation; let go of the chosen token and iteration',
    when: (state) => state.presenting || state.token !== null || cursorOn(state) !== null,
    run: ({ presenting, setPresenting, selectToken, goTo }) => {
      if (presenting) setPresenting(false);
      else {
        selectToken(null);
        goTo(null);
      }
    },
    keyOnly: true,
  },
  {
    id: 'fold-config',
    group: 'Page',
    keys: ['['],
    what: 'Fold or unfold the settings',
    when: ({ presenting }) => !presenting,
    run: ({ toggleRail }) => {
      toggleRail('config');
    },
  },
  {
    id: 'fold-evidence',
    group: 'Page',
    keys: [']'],
    what: 'Fold or unfold the cards on the right',
    when: ({ presenting }) => !presenting,
    run: ({ toggleRail }) => {
      toggleRail('evidence');
    },
  },
  {
    id: 'show-all',
    group: 'Page',
    what: 'Show all that the link hides',
    when: ({ hidden }) => hidden.length > 0,
    run: ({ showAll }) => {
      showAll();
    },
  },
  {
    id: 'view-check',
    group: 'Views',
    what: 'Numbers check: does this device compute correctly?',
    run: ({ showView }) => {
      showView('check');
    },
  },
  {
    id: 'theme-light',
    group: 'Page',
    what: 'Light theme',
    run: () => {
      chooseTheme('light');
    },
  },
  {
    id: 'theme-dark',
    group: 'Page',
    what: 'Dark theme',
    run: () => {
      chooseTheme('dark');
    },
  },
  {
    id: 'theme-system',
    group: 'Page',
    what: 'Theme as the system',
    run: () => {
      chooseTheme('system');
    },
  },
];
