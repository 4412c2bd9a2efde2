import { clsx } from 'clsx';
import { useId, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { SampledToken } from '../../../../src/engine/protocol/protocol.ts';
import type { Sample } from '../../../store/train/types.ts';
import { plural } from '../../../format.ts';
import {
  shadeColour,
  shadeRange,
  shadeScale,
  type Shade,
} from '../../../pictures/tokens/shades.ts';
import { visibleText } from '../../../pictures/tokens/visibleText.ts';
import hidden from '../../../ui/hidden.module.css';
import { formatShare } from '../../../views/train/trainFormat.ts';
import styles from './sample.module.css';
import { TokenDetails } from './TokenDetails.tsx';

const moves: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: 10,
  ArrowUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/** A sample, each token tinted; one is looked at closely, by pointing at it or with the arrow keys. */
export function SampleTokens({
  sample,
  shade,
}: {
  readonly sample: Sample;
  readonly shade: Shade;
}) {
  const { prompt, tokens } = sample;
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const range = shadeRange(tokens, shade);
  const at = Math.min(chosen, tokens.length - 1);
  const token = tokens[at];
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    setChosen(Math.min(Math.max(at + move, 0), tokens.length - 1));
  };
  const point = (event: MouseEvent): void => {
    const index = event.target instanceof HTMLElement ? event.target.dataset['index'] : undefined;
    if (index !== undefined) setChosen(Number(index));
  };
  return (
    <>
      <p className={hidden['hidden']}>{prompt + tokens.map(({ text }) => text).join('')}</p>
      <div
        className={styles['text']}
        role="listbox"
        tabIndex={0}
        aria-label="Tokens of the sample"
        {...(token ? { 'aria-activedescendant': `${id}-${at}` } : {})}
        onKeyDown={onKeyDown}
        onMouseOver={point}
        onClick={point}
      >
        <span className={styles['prompt']} aria-hidden>
          {prompt}
        </span>
        {tokens.map((one, index) => (
          <span
            key={index}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            aria-label={optionName(one)}
            data-index={index}
            className={clsx(styles['token'], index === at && styles['chosen'])}
            style={{
              background: shadeColour(
                shade === 'evaluations' ? one.evaluations : one.probability,
                range,
              ),
            }}
          >
            {one.text}
          </span>
        ))}
      </div>
      <Legend range={range} shade={shade} />
      {token && <TokenDetails token={token} />}
    </>
  );
}

const optionName = ({ text, probability, evaluations }: SampledToken): string =>
  `${visibleText(text)}, ${formatShare(probability)}, ${plural(evaluations, 'evaluation')}`;

function Legend(props: { readonly range: readonly [number, number]; readonly shade: Shade }) {
  const [low, high] = props.range;
  const show = (value: number): string =>
    props.shade === 'evaluations' ? plural(value, 'evaluation') : formatShare(value);
  return (
    <p className={styles['legend']}>
      {show(low)}
      <span className={styles['scale']} style={{ background: shadeScale }} />
      {show(high)}
    </p>
  );
}
