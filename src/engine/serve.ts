import { EngineFault } from './faults.ts';
import type {
  EngineCommands,
  Fault,
  Interrupt,
  Ping,
  Pong,
  Reply,
  Request,
} from './protocol/protocol.ts';

/** What an interrupted command that has nothing to show for itself says. */
const INTERRUPTED = 'It was interrupted.';

/** The session's side of each command: the signal aborts, with a `cancelled` fault, when the page interrupts it. */
export type SessionCommands = {
  readonly [K in keyof EngineCommands]: (
    signal: AbortSignal,
    ...args: Parameters<EngineCommands[K]>
  ) => ReturnType<EngineCommands[K]>;
};

/**
 * The worker's half of the protocol: run one command at a time, in order, and answer every
 * one. There is one lane because tfjs's scopes, tape and profiler are global. An interrupt
 * skips the queue and reaches every command that was sent before it, waiting ones too.
 */
export function serve(
  session: SessionCommands,
  post: (reply: Reply | Pong) => void,
  toFault: (error: unknown) => Fault,
): (message: Request | Interrupt | Ping) => void {
  const pending = new Set<AbortController>();
  let lane: Promise<void> = Promise.resolve();
  return (message) => {
    if ('ping' in message) {
      post({ pong: true });
      return;
    }
    if ('interrupt' in message) {
      for (const controller of pending) controller.abort(new EngineFault('cancelled', INTERRUPTED));
      return;
    }
    const controller = new AbortController();
    pending.add(controller);
    lane = lane.then(async () => {
      // The arguments belong to the command: `Request` pairs them.
      const command = session[message.command] as (
        signal: AbortSignal,
        ...args: Request['args']
      ) => Promise<unknown>;
      try {
        const value = await command(controller.signal, ...message.args);
        post({ id: message.id, ok: true, value });
      } catch (error) {
        post({ id: message.id, ok: false, fault: toFault(error) });
      } finally {
        pending.delete(controller);
      }
    });
  };
}
