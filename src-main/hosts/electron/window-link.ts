import { eventChannel } from '../../../src-preload/contract/channels.ts';
import type { CoreEvent } from '../../../src-preload/contract/events.ts';

/** The part of a window's web contents that events go to. */
export interface Receiver {
  send(channel: string, event: CoreEvent): void;
  isDestroyed(): boolean;
}

export interface WindowLink {
  /** Sends an event to the window; a request waits until a window follows requests. */
  send(event: CoreEvent): void;
  /** The window follows requests from now on. */
  ready(receiver: Receiver): void;
  /** The window is gone or loads anew. */
  lost(): void;
}

/** Requests are a person's, so they wait for a window; the rest a window asks for anew when it opens. */
const isRequest = ({ kind }: CoreEvent) => kind === 'navigate' || kind === 'import.requested';

export function createWindowLink(): WindowLink {
  let receiver: Receiver | null = null;
  const waiting: CoreEvent[] = [];
  return {
    send: (event) => {
      if (receiver && !receiver.isDestroyed()) receiver.send(eventChannel, event);
      else if (isRequest(event)) waiting.push(event);
    },
    ready: (now) => {
      receiver = now;
      for (const event of waiting.splice(0)) now.send(eventChannel, event);
    },
    lost: () => {
      receiver = null;
    },
  };
}
