/** The client and the session joined by an in-process wire, as the worker joins them. */
import { changeSetting, defaultExperiment, type Experiment } from '../src/schema/experiment.ts';
import type { FieldPath } from '../src/schema/fields.ts';
import type { EnginePort } from '../src/engine/client.ts';
import { toFault } from '../src/engine/faults.ts';
import { serve } from '../src/engine/serve.ts';
import { createSession } from '../src/engine/session.ts';

/** A port whose other end is a session; messages are cloned, as a worker's are. */
export function wire(): EnginePort {
  const deliver = (message: unknown): void => {
    const data = structuredClone(message) as never;
    queueMicrotask(() => port.onmessage?.({ data } as MessageEvent<never>));
  };
  const handle = serve(createSession(deliver), deliver, toFault);
  const port: EnginePort = {
    postMessage: (message) => {
      handle(structuredClone(message));
    },
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    terminate: () => undefined,
  };
  return port;
}

/** The default experiment with a short text and some settings changed. */
export const experiment = (changes: Partial<Record<FieldPath, unknown>> = {}): Experiment =>
  Object.entries({ 'input.text': 'the cat sat', 'cell.width': 16, ...changes }).reduce(
    (e, [path, value]) => changeSetting(e, path as FieldPath, value).experiment,
    defaultExperiment,
  );
