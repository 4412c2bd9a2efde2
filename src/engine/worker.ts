/** The worker's entry: the session behind the protocol, and the device's troubles as events. */
import { setAssetReader } from '../inputs/assets.ts';
import { setWasmBase } from '../tf/backend.ts';
import { onDeviceTrouble } from '../tf/device.ts';
import { toFault } from './faults.ts';
import type {
  EngineEvent,
  Interrupt,
  Ping,
  Pong,
  Progressed,
  Reply,
  Request,
} from './protocol/protocol.ts';
import { serve } from './serve.ts';
import { createSession } from './session.ts';

const post = (message: Reply | Progressed | EngineEvent | Pong): void => {
  postMessage(message);
};

// The worker's file lies beside the page, so the base means the same folder in both.
const beside = (path: string): string =>
  new URL(`${import.meta.env.BASE_URL}${path}`, location.href).href;
setWasmBase(beside('wasm/'));
setAssetReader(async (path) => {
  const answer = await fetch(beside(path));
  if (!answer.ok) throw new Error(`the server answered ${String(answer.status)}`);
  return new Uint8Array(await answer.arrayBuffer());
});

onDeviceTrouble({
  lost: (reason, message) => {
    // `destroyed` was our own doing.
    if (reason === 'destroyed') return;
    const cause = message ? ` (${message})` : '';
    post({
      event: 'fault',
      fault: {
        kind: 'device-lost',
        message: `The GPU was lost${cause}. Restart the engine to go on; a smaller width or text needs less of it.`,
      },
    });
  },
  error: (error) => {
    const memory = error instanceof GPUOutOfMemoryError;
    post({
      event: 'fault',
      fault: memory
        ? {
            kind: 'out-of-memory',
            message: `The GPU has no memory left (${error.message}). Choose a smaller width or a shorter text.`,
          }
        : { kind: 'internal', message: `The GPU reported an error: ${error.message}` },
    });
  },
});

const handle = serve(createSession(post), post, toFault);
onmessage = ({ data }: MessageEvent<Request | Interrupt | Ping>) => {
  handle(data);
};
onmessageerror = () => {
  post({
    event: 'fault',
    fault: { kind: 'internal', message: 'The engine could not read what the page asked of it.' },
  });
};

// Held for as long as this worker lives: whoever waits for it learns at once when it is gone.
const { locks } = navigator as { readonly locks?: LockManager };
if (self.name !== '' && locks) {
  const held = locks.request(self.name, () => {
    post({ pong: true, locked: true });
    return new Promise<never>(() => undefined);
  });
  // Without the lock the heartbeat alone says whether it lives.
  held.catch(() => undefined);
}
