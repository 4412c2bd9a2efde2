import { useId, useState } from 'react';
import type { HideablePart } from '../../../src/schema/hide.ts';
import { ownPicturesIn } from '../../../src/schema/pictures.ts';
import { presets } from '../../../src/schema/presets.ts';
import { useApp } from '../../store/context.ts';
import { sharesOwnWeights, WEIGHTS_STAY } from '../../store/config/weights.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { linkableIteration } from './linkableIteration.ts';
import { linkableOutcome } from './linkableOutcome.ts';
import { PartChoices } from './PartChoices.tsx';
import styles from './ShareDialog.module.css';
import { useLink } from './useLink.ts';

/** Makes a link for others: as it is, as Markdown, as a frame, or with parts left out. */
export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const [hidden, setHidden] = useState<readonly HideablePart[]>(useApp((state) => state.hidden));
  const [said, setSaid] = useState('');
  const { title } = presets[useApp((state) => state.experiment.preset)];
  const reached = useApp(linkableIteration);
  const [withIteration, setWithIteration] = useState(false);
  const iteration = withIteration && reached !== null ? reached : undefined;
  const pictured = useApp(({ experiment }) => ownPicturesIn(experiment).length > 0);
  const [ownPicture, setOwnPicture] = useState(false);
  const ended = useApp(linkableOutcome);
  const [withOutcome, setWithOutcome] = useState(true);
  // Whoever lacks the picture or the text solves or learns something else.
  const textStays = useApp(
    ({ view, experiment }) => view === 'train' && experiment.data.source === 'own',
  );
  const comparable = ended !== null && !textStays && (ownPicture || !pictured);
  const outcome = withOutcome && comparable ? ended : undefined;
  const chosen = { hidden, iteration, ownPicture, outcome };
  const { address, problem } = useLink({ ...chosen, embed: false });
  const framed = useLink({ ...chosen, embed: true }).address;
  const openLayer = useApp((state) => state.openLayer);
  const ownWeights = useApp(sharesOwnWeights);
  const id = useId();
  const frame = `<iframe src="${framed}" width="800" height="520" title="DEQ Playground: ${title}"></iframe>`;
  const texts = { link: address, Markdown: `[DEQ Playground: ${title}](${address})`, frame };
  const copy = async (what: keyof typeof texts): Promise<void> => {
    try {
      await navigator.clipboard.writeText(texts[what]);
      setSaid(`Copied the ${what}.`);
    } catch {
      setSaid('The browser didn’t allow copying. Select the link and copy it by hand.');
    }
  };
  return (
    <Dialog title="Share this set-up" onClose={onClose}>
      <PartChoices
        hidden={hidden}
        onChange={(next) => {
          setHidden(next);
          setSaid('');
        }}
      />
      {reached !== null && (
        <label className={styles['part']}>
          <input
            type="checkbox"
            checked={withIteration}
            onChange={({ target }) => {
              setWithIteration(target.checked);
              setSaid('');
            }}
          />
          <span>At iteration {reached}: whoever opens the link sees this iterate</span>
        </label>
      )}
      {comparable && (
        <label className={styles['part']}>
          <input
            type="checkbox"
            checked={withOutcome}
            onChange={({ target }) => {
              setWithOutcome(target.checked);
              setSaid('');
            }}
          />
          <span>With how it ended here: whoever opens the link is told whether theirs differs</span>
        </label>
      )}
      {pictured && (
        <label className={styles['part']}>
          <input
            type="checkbox"
            checked={ownPicture}
            onChange={({ target }) => {
              setOwnPicture(target.checked);
              setSaid('');
            }}
          />
          <span>
            With your picture: whoever has the link can see it. Without, they get another one
          </span>
        </label>
      )}
      <label className={styles['label']} htmlFor={id}>
        Link{hidden.length > 0 && ', with parts left out'}
      </label>
      <textarea
        id={id}
        className={styles['link']}
        readOnly
        rows={3}
        value={problem ?? address}
        onFocus={(event) => {
          event.target.select();
        }}
      />
      <div className={styles['copies']}>
        {(['link', 'Markdown', 'frame'] as const).map((what) => (
          <button
            key={what}
            type="button"
            disabled={address === ''}
            title={what === 'frame' ? 'An <iframe> with the picture and its transport' : undefined}
            onClick={() => void copy(what)}
          >
            Copy {what}
          </button>
        ))}
      </div>
      <div className={styles['copies']}>
        <button
          type="button"
          title="A Python file and the weights, to go on with elsewhere"
          onClick={() => {
            openLayer('torch');
          }}
        >
          Continue in PyTorch…
        </button>
      </div>
      {ownWeights && <p className={styles['said']}>{WEIGHTS_STAY}</p>}
      <p className={styles['said']} role="status">
        {said}
      </p>
    </Dialog>
  );
}
