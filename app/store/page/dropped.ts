import { familyOf } from '../../../src/families/settings.ts';
import { isJson, isSafetensors } from '../files.ts';
import type { AppStore } from '../store.ts';

/** What of a drag this looks at. */
interface Dragging {
  readonly defaultPrevented: boolean;
  readonly dataTransfer: {
    readonly types: readonly string[];
    readonly files: ArrayLike<File>;
  } | null;
  readonly preventDefault: () => void;
}

/** The part of the browser this needs; `window` is one. */
export interface DropTarget {
  readonly addEventListener: (
    type: 'dragover' | 'drop',
    listener: (event: Dragging) => void,
  ) => void;
}

/** Whether a file is one of weights, and the solve on screen one that takes them from files. */
function takesWeights(store: AppStore, { name }: File): boolean {
  const { view, experiment, embed } = store.getState();
  const { weights } = familyOf(experiment.problem.family);
  return view === 'solve' && !embed && weights?.file !== undefined && isSafetensors(name);
}

/**
 * Opens a file that is dropped anywhere on the page: a bundle of runs, weights where the solve on screen takes them from files, else a text
 * or a model, in the Train view. Left to itself the browser would leave the page for the file, with all that runs in it.
 */
export function catchDrops(page: DropTarget, store: AppStore): void {
  page.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  page.addEventListener('drop', (event) => {
    const { dataTransfer, defaultPrevented } = event;
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const [file] = Array.from(dataTransfer.files);
    const { hidden, embed, openBundle, openTrainingFile, showView } = store.getState();
    if (!defaultPrevented && file && takesWeights(store, file)) {
      store.getState().openWeightsFile(file);
      return;
    }
    if (defaultPrevented || !file || embed) return;
    const train = (): void => {
      // There is no Train view here.
      if (hidden.includes('train')) return;
      showView('train');
      void openTrainingFile(file);
    };
    if (!isJson(file)) train();
    else
      void openBundle(file).then((taken) => {
        if (!taken) train();
      });
  });
}
