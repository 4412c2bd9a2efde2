import type { BackendInfo } from '../../../src/engine/protocol/protocol.ts';
import { Banner } from '../../ui/Banner.tsx';

/** Says that the page computes without WebGPU. Short: it comes when the page is there already, and moves what is below by its height. */
export default function FallbackBanner(props: {
  readonly backend: BackendInfo;
  readonly onDismiss: () => void;
}) {
  const { what, why } = fallbackText(props.backend);
  return (
    <Banner kind="notice" onDismiss={props.onDismiss}>
      {what}{' '}
      {why !== undefined && (
        <details>
          <summary>Why</summary>
          {why}
        </details>
      )}
    </Banner>
  );
}

/** That it isn't WebGPU and what that means, and why it isn't, where that is known. */
function fallbackText({ name, rejected }: BackendInfo): {
  readonly what: string;
  readonly why: string | undefined;
} {
  const cause = rejected.find((one) => one.name === 'webgpu')?.reason;
  return {
    what: `WebGPU isn’t in use. ${name === 'wasm' ? 'WebAssembly' : 'The CPU'} is instead, usually slower.`,
    why: cause?.replace(/[.\s]*$/, '.'),
  };
}
