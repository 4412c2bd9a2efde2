import { Download, Microscope } from 'lucide-react';
import { familyOf } from '../../../../src/families/settings.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { FileButton } from '../../../ui/FileButton.tsx';
import styles from './sample.module.css';

/** What else can be done with the model: look inside, keep it, or take one that has learnt already. */
export function ModelActions() {
  const trained = useApp((state) => state.run !== null);
  const any = useApp((state) => state.run !== null || state.model !== null);
  const name = useApp((state) => state.model?.name ?? null);
  const replaced = useApp((state) => (state.run === null ? state.replacedModel : null));
  // Loaded to write samples with; other families’ own models are among the weights of the Solve view.
  const writes = useApp(({ experiment }) => familyOf(experiment.problem.family).input === 'text');
  const { openInSolve, downloadModel, loadPretrained, openTrainingFile, bringBackModel } =
    useAppStore().getState();
  return (
    <div className={styles['actions']}>
      <button
        type="button"
        disabled={!any}
        title="Step through this model’s solve, and see what it would predict at each iteration"
        onClick={openInSolve}
      >
        <Microscope size={15} aria-hidden />
        Open in Solve
      </button>
      <button
        type="button"
        disabled={!trained}
        title={
          trained
            ? 'Its weights and settings as safetensors'
            : 'There is no trained model to download'
        }
        onClick={downloadModel}
      >
        <Download size={15} aria-hidden />
        Download model
      </button>
      <FileButton
        words="Load a model"
        title="A model in safetensors, as “Download model” writes it"
        accept=".safetensors"
        label="Model file"
        onFile={(file) => void openTrainingFile(file)}
      />
      {!trained && writes && (
        <button
          type="button"
          title={name === null ? 'A small model that was trained for this page' : `Loaded: ${name}`}
          onClick={loadPretrained}
        >
          Load the pretrained model
        </button>
      )}
      {replaced !== null && (
        <button
          type="button"
          title="The model that was open before this one"
          onClick={bringBackModel}
        >
          Bring “{replaced}” back
        </button>
      )}
    </div>
  );
}
