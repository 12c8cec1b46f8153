/** What the test process asks of the stand-in's process; each is answered once. */
export type Ask =
  | {
      readonly kind: 'invoke';
      readonly windowId: number;
      readonly frame: FrameFacts | null;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'request'; readonly url: string; readonly method: string }
  | { readonly kind: 'evaluate'; readonly source: string; readonly arg: unknown }
  | { readonly kind: 'navigate'; readonly windowId: number; readonly url: string }
  | { readonly kind: 'open-window'; readonly windowId: number; readonly url: string }
  | { readonly kind: 'loaded'; readonly windowId: number };

/** A calling frame as Electron describes it; plain data, so that a test can make one up. */
export interface FrameFacts {
  readonly url: string;
  readonly origin: string;
  readonly isSubframe?: boolean;
  readonly detached?: boolean;
  readonly isDestroyed?: boolean;
  /** Made-up calls only: other web contents than the window's. */
  readonly contentsId?: number;
}

export interface Served {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What the stand-in's process tells the test process to do with the page of a window. */
export type Tell =
  | {
      readonly kind: 'open';
      readonly windowId: number;
      readonly preload: string;
      readonly size: { width: number; height: number };
    }
  | { readonly kind: 'load'; readonly windowId: number; readonly url: string }
  | { readonly kind: 'close'; readonly windowId: number }
  | {
      readonly kind: 'send';
      readonly windowId: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    };

export type ToChild = { readonly id: number; readonly ask: Ask };
export type ToParent =
  | { readonly tell: Tell }
  | { readonly id: number; readonly value?: unknown; readonly error?: string };

/** Chromium loads no scheme of ours, so the page has an https origin that stands for it. */
export const standInOrigin = 'https://llmlab.stand-in';
export const realOrigin = 'app://llmlab';
