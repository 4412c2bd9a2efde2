import type { Fault } from '../../src/engine/protocol/protocol.ts';
import { Banner } from '../ui/Banner.tsx';

/** What an engine failed at, in words, with what a report of it needs; and the way on. */
export function FaultBanner(props: {
  readonly fault: Fault;
  /** Name of the button. */
  readonly action: string;
  readonly onAction: () => void;
}) {
  const { message, stack } = props.fault;
  return (
    <Banner
      kind="error"
      actions={
        <button type="button" onClick={props.onAction}>
          {props.action}
        </button>
      }
    >
      {message}{' '}
      {stack !== undefined && (
        <details>
          <summary>Details</summary>
          <pre>{stack}</pre>
        </details>
      )}
    </Banner>
  );
}
