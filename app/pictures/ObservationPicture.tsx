import type { ComponentType } from 'react';
import type { Observation, ObservationKind } from '../../src/families/observation.ts';
import { FigureButton } from '../figures/FigureButton.tsx';
import { capital } from '../format.ts';
import { lazyPart } from '../parts/lazyPart.tsx';
import styles from './ObservationPicture.module.css';
import type { PictureProps } from './pictureProps.ts';

type PictureOf<K extends ObservationKind> = ComponentType<
  PictureProps<Extract<Observation, { readonly kind: K }>>
>;

/** The picture of each kind of observation, whatever the family; each is loaded when it is first drawn. */
export const pictures: { readonly [K in ObservationKind]: PictureOf<K> } = {
  tokens: lazyPart(() => import('./tokens/TokensPicture.tsx'), 'The predictions', 'line'),
  classes: lazyPart(() => import('./ClassesPicture.tsx'), 'The classes', 'line'),
  image: lazyPart(() => import('./ImagePicture.tsx'), 'The picture', 'line'),
  curve: lazyPart(() => import('./CurvePicture.tsx'), 'The curve', 'line'),
  matrix: lazyPart(() => import('./MatrixPicture.tsx'), 'The matrix', 'line'),
  amplitudes: lazyPart(() => import('./AmplitudesPicture.tsx'), 'The amplitudes', 'line'),
  plane: lazyPart(() => import('./PlanePicture.tsx'), 'The plane', 'line'),
  figures: lazyPart(() => import('./FiguresPicture.tsx'), 'The figures', 'line'),
};

/** The picture that an observation of any kind has. */
export function ObservationPicture(
  props: PictureProps<Observation> & {
    /** What `iteration` counts; iterations of a solve where nothing else is said. */
    readonly count?: 'step';
  },
) {
  // One table for all kinds: which props fit is what the kind says.
  const Picture = pictures[props.shown.kind] as ComponentType<PictureProps<Observation>>;
  const { shown, history, iteration, sample } = props;
  return (
    <div className={styles['saved']} data-figures>
      <div>
        <FigureButton
          title={`${capital(shown.name)} at ${props.count ?? 'iteration'} ${String(iteration)}`}
          data={{ kind: 'observation', shown, history, iteration, sample }}
        />
      </div>
      <div className={styles['picture']} data-figure="">
        <Picture {...props} />
      </div>
    </div>
  );
}
