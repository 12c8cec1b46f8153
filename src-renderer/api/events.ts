import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CoreEvent } from '../../src-preload/contract/events.ts';
import { bridge } from './bridge.ts';
import { useJobs } from './jobs.ts';

/** Listens to the core for as long as the component is mounted; `listener` should keep its identity. */
export function useCoreEvents(listener: (event: CoreEvent) => void): void {
  useEffect(() => bridge.listen(listener), [listener]);
}

/** Keeps the cache and the jobs in step with the core. Returns a function that stops it. */
export function followCore(queries: QueryClient): () => void {
  const refresh = atMostEvery(200, () => void queries.invalidateQueries());
  // what was read of vendors changes many times in one sync; the figures themselves come with ledger.changed
  const refreshVendors = atMostEvery(
    500,
    () => void queries.invalidateQueries({ predicate: ({ queryKey }) => isOfVendors(queryKey[0]) }),
  );
  const stop = bridge.listen((event) => {
    if (
      event.kind === 'ledger.changed' ||
      event.kind === 'settings.changed' ||
      event.kind === 'following.changed'
    )
      refresh();
    if (event.kind === 'connections.changed') refreshVendors();
    if (event.kind === 'job.changed') useJobs.getState().apply(event.job);
  });
  void bridge.call('jobs.list', {}).then((result) => {
    if (result.ok) for (const job of result.data.jobs) useJobs.getState().apply(job);
  });
  return stop;
}

const vendorRoutes = ['providers.', 'connections.', 'models.', 'balances.', 'health.', 'vault.', 'audit.'];

function isOfVendors(route: unknown): boolean {
  return typeof route === 'string' && vendorRoutes.some((prefix) => route.startsWith(prefix));
}

/** Runs at once and then at most once per period, the last call never lost. */
function atMostEvery(periodMs: number, run: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | null = null;
  let due = false;
  return function call() {
    if (waiting !== null) {
      due = true;
      return;
    }
    run();
    waiting = setTimeout(() => {
      waiting = null;
      if (!due) return;
      due = false;
      call();
    }, periodMs);
  };
}
