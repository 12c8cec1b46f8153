import { useCallback, useState } from 'react';
import { callRoute } from '../../api/client.ts';
import type { SyncResult } from '../../ui/sync-words.ts';

/** How the first reading of a connection ended; nothing while it goes on. */
export type SyncOutcome =
  | { readonly kind: 'done'; readonly results: readonly SyncResult[] }
  | { readonly kind: 'failed'; readonly message: string };

export interface FirstSyncs {
  readonly outcomes: ReadonlyMap<number, SyncOutcome>;
  readonly start: (connectionId: number) => void;
}

/** First readings, each begun as soon as its connection is saved: while the next key is typed, this one is read. */
export function useFirstSyncs(): FirstSyncs {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, SyncOutcome>>(new Map());
  const start = useCallback((connectionId: number) => {
    const end = (outcome: SyncOutcome) => setOutcomes((known) => new Map(known).set(connectionId, outcome));
    callRoute('sync.run', { connectionId }).then(
      ({ results }) => end({ kind: 'done', results }),
      (error: unknown) =>
        end({ kind: 'failed', message: error instanceof Error ? error.message : 'The reading failed.' }),
    );
  }, []);
  return { outcomes, start };
}
