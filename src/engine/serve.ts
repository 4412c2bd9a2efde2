import { EngineFault } from './faults.ts';
import type {
  EngineCommands,
  Fault,
  Interrupt,
  Ping,
  Pong,
  Progressed,
  ProgressNews,
  Reply,
  Request,
} from './protocol/protocol.ts';

/** What an interrupted command that has nothing to show for itself says. */
const INTERRUPTED = 'It was interrupted.';

/** One command's turn in the worker. */
export interface Turn {
  /** Aborts, with a `cancelled` fault, when the page interrupts this command. */
  readonly signal: AbortSignal;
  /** Tells whoever asked how far it has come. */
  readonly progress: (news: ProgressNews) => void;
}

/** A turn that nobody interrupts and whose progress nobody hears, unless said otherwise: for scripts and tests. */
export const turnOf = (
  signal = new AbortController().signal,
  progress: Turn['progress'] = () => undefined,
): Turn => ({ signal, progress });

/** The session's side of each command. */
export type SessionCommands = {
  readonly [K in keyof EngineCommands]: (
    turn: Turn,
    ...args: Parameters<EngineCommands[K]>
  ) => ReturnType<EngineCommands[K]>;
};

/**
 * The worker's half of the protocol: run one command at a time, in order, and answer every
 * one. There is one lane because tfjs's scopes, tape and profiler are global. An interrupt
 * skips the queue and reaches the commands it names, waiting ones too, and no others.
 */
export function serve(
  session: SessionCommands,
  post: (message: Reply | Progressed | Pong) => void,
  toFault: (error: unknown) => Fault,
): (message: Request | Interrupt | Ping) => void {
  const pending = new Map<Request['id'], AbortController>();
  let lane: Promise<void> = Promise.resolve();
  return (message) => {
    if ('ping' in message) {
      post({ pong: true });
      return;
    }
    if ('interrupt' in message) {
      for (const id of message.interrupt)
        pending.get(id)?.abort(new EngineFault('cancelled', INTERRUPTED));
      return;
    }
    const { id } = message;
    const controller = new AbortController();
    pending.set(id, controller);
    const turn: Turn = {
      signal: controller.signal,
      progress: (progress) => {
        post({ id, progress });
      },
    };
    lane = lane.then(async () => {
      // The arguments belong to the command: `Request` pairs them.
      const command = session[message.command] as (
        turn: Turn,
        ...args: Request['args']
      ) => Promise<unknown>;
      try {
        const value = await command(turn, ...message.args);
        post({ id, ok: true, value });
      } catch (error) {
        post({ id, ok: false, fault: toFault(error) });
      } finally {
        pending.delete(id);
      }
    });
  };
}
