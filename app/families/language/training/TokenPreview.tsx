import { visibleText } from '../../../pictures/tokens/visibleText.ts';
import styles from './corpus.module.css';

/** How the text begins, token by token: every second one is tinted, so that the cuts show. */
export function TokenPreview({ tokens }: { readonly tokens: readonly string[] }) {
  if (tokens.length === 0) return null;
  return (
    <ol className={styles['tokens']} aria-label={`The first ${String(tokens.length)} tokens`}>
      {tokens.map((token, index) => (
        // Tokens repeat; only their place tells them apart.
        <li key={index}>{visibleText(token)}</li>
      ))}
    </ol>
  );
}
