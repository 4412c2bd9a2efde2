import { useRef, useState } from 'react';
import { frameData, planeData, type FilmMode } from '../../../pictures/film.ts';
import { planeName, StatePicture } from '../../../pictures/StatePicture.tsx';
import { useAppStore } from '../../../store/context.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import styles from './insight.module.css';
import { useForward, usePictures } from './useInsight.ts';
import { WaitingNote } from './WaitingNote.tsx';

const modeWords = { state: 'value', step: 'change by the last step', left: 'left to go' } as const;

/** The state itself, part by part, at every iteration. */
export default function StateCard() {
  const root = useRef<HTMLDivElement>(null);
  const { report, busy, failure } = usePictures(root);
  const { k, start } = useForward();
  const [mode, setMode] = useState<FilmMode>('state');
  const [own, setOwn] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [plane, setPlane] = useState(0);
  const { goTo } = useAppStore().getState();
  const film = report?.film;
  const parts = film?.parts ?? [];
  const part = parts[Math.min(chosen, parts.length - 1)];
  const drawn = Math.min(plane, (part?.planes ?? 1) - 1);
  return (
    <div ref={root} className={styles['frame']}>
      <Card
        title="State"
        className={styles['scrolls']}
        aside={
          <>
            {parts.length > 1 && (
              <label>
                Part{' '}
                <select
                  value={Math.min(chosen, parts.length - 1)}
                  onChange={({ target }) => {
                    setChosen(Number(target.value));
                    setPlane(0);
                  }}
                >
                  {parts.map(({ name }, index) => (
                    <option key={name} value={index}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {part && part.planes > 1 && (
              <label>
                Film of {planeName(part)}{' '}
                <select
                  value={Math.min(plane, part.planes - 1)}
                  onChange={({ target }) => {
                    setPlane(Number(target.value));
                  }}
                >
                  {Array.from({ length: part.planes }, (_, index) => (
                    <option key={index} value={index}>
                      {index * part.every.planes + 1}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <Segmented
              label="What of the state"
              value={mode}
              options={[
                { value: 'state', label: 'z', title: 'The state itself' },
                { value: 'step', label: 'last step', title: 'What the last step changed' },
                { value: 'left', label: 'left to go', title: 'Its distance from the newest state' },
              ]}
              onChange={setMode}
            />
            <label title="Else they span all iterations, so that those compare">
              <input
                type="checkbox"
                checked={own}
                onChange={({ target }) => {
                  setOwn(target.checked);
                }}
              />{' '}
              colours of this iteration
            </label>
            {film && part && (
              <FigureButton
                title={`State z over the iterations${part.name === 'z' ? '' : `: ${part.name}`}`}
                data={{
                  ...{ kind: 'film', film, part, start },
                  plane: drawn,
                  what: modeWords[mode],
                  values: (frame) => planeData(part, frameData(part, frame, mode), drawn),
                }}
              />
            )}
          </>
        }
      >
        {film && part ? (
          <StatePicture
            {...{ film, part, start, mode, own, plane }}
            k={k - start}
            onPlane={setPlane}
            onIteration={(iteration) => {
              goTo(iteration + start);
            }}
          />
        ) : (
          <WaitingNote busy={busy} failure={failure} />
        )}
      </Card>
    </div>
  );
}
