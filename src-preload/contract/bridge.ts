import type { CoreEvent } from './events.ts';
import type { RouteInput, RouteName, RouteOutput } from './index.ts';
import type { Result } from './result.ts';

/** What a window can do, whichever host runs it. The desktop's preload exposes it as `window.llmlab`. */
export interface Bridge {
  call<R extends RouteName>(route: R, input: RouteInput<R>): Promise<Result<RouteOutput<R>>>;
  /** Returns a function that stops listening. */
  listen(listener: (event: CoreEvent) => void): () => void;
  /** The path of a dropped or picked file where the host knows it (desktop); null where it must be uploaded (web). */
  pathOf(file: File): string | null;
  /** Hands a finished export to the user: save dialog (desktop); null in the web host, where the window downloads it. */
  saveExport: ((exportId: string) => Promise<{ saved: boolean }>) | null;
  /** Tells the desktop that the window follows its requests now; what was asked before is sent then. */
  ready?(): void;
}
