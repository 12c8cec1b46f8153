import type { RouteInput } from '../../../src-preload/contract/index.ts';
import { useAction } from '../../api/client.ts';
import { tellSync } from '../../ui/tell-sync.ts';
import { tellTrouble } from '../../ui/unlock-request.ts';

/** Reads now: everything, one connection or one of its reports. Says what came of it. */
export function useSync(nothing?: string): {
  readonly isPending: boolean;
  readonly run: (what: RouteInput<'sync.run'>) => void;
} {
  const sync = useAction('sync.run', {
    onSuccess: ({ results }) => tellSync(results, nothing),
    onError: tellTrouble,
  });
  return { isPending: sync.isPending, run: sync.mutate };
}

/** Stops or resumes syncing: of one connection, or of all (null). */
export function usePause() {
  return useAction('connections.pause', { onError: tellTrouble });
}
