import { appOrigin } from './origin.ts';

/** What the gate looks at of a frame that calls; `null` when it is gone already. */
export interface SenderFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: unknown;
  readonly detached: boolean;
  isDestroyed(): boolean;
}

export interface Sender {
  readonly frame: SenderFrame | null;
  /** Id of the web contents the call came from, and of those of the app's window. */
  readonly contentsId: number;
  readonly windowContentsId: number | null;
}

/**
 * Whether a call comes from the top frame of our own window on our own page. The address is compared as text, not
 * taken apart: every spelling but the one the window was opened with is refused.
 */
export function isTrustedSender({ frame, contentsId, windowContentsId }: Sender): boolean {
  if (frame === null || frame.isDestroyed() || frame.detached) return false;
  if (windowContentsId === null || contentsId !== windowContentsId) return false;
  return frame.parent === null && frame.origin === appOrigin && frame.url.startsWith(`${appOrigin}/`);
}
