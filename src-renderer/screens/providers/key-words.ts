import type { Connection } from '../../../src-preload/contract/connections.ts';
import { lastSuccessOf } from '../../ui/connection-state.ts';

/** When a connection's keys were last found to work: by a test, or by a sync that read something with them. */
export function triedAt(connection: Connection, momentWords: (at: number) => string): string {
  const { testedAt } = connection;
  const readAt = lastSuccessOf(connection);
  if (readAt !== null && readAt >= (testedAt ?? 0)) return `worked ${momentWords(readAt)}`;
  return testedAt === null ? 'not tested yet' : `tested ${momentWords(testedAt)}`;
}
