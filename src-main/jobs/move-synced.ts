import { AppError } from '../platform/error.ts';
import { type ConnectionRow, connectionsOf, moveConnection } from '../store/connections.ts';
import { listSources, moveSource, type SourceRow } from '../store/sources.ts';
import { openBook, type TaskContext } from './context.ts';

/** Id of the source a vendor's report is read into, as importers' ids are. */
export function syncImporterId(provider: string, report: string): string {
  return `sync:${provider}:${report}`;
}

/** The provider whose report a source holds. */
export function providerOfSync(importer: string): string {
  return importer.split(':')[1] ?? '';
}

/**
 * Moves what was read of a vendor's account to another account, with every connection that reads it: else the days read
 * again would stand in both. Refused where the other account has such sources of its own.
 */
export function moveSynced(
  context: TaskContext,
  { account_id: from, provider }: Pick<ConnectionRow, 'account_id' | 'provider'>,
  to: number,
): void {
  const { db } = context;
  const all = listSources(db).filter(({ sample }) => sample === 0);
  const isOfProvider = (source: SourceRow): boolean =>
    source.kind === 'sync' && providerOfSync(source.importer) === provider;
  const own = all.filter((source) => source.account_id === from && isOfProvider(source));
  const taken = all.find(
    (source) =>
      source.account_id === to &&
      own.some(({ importer, cut }) => importer === source.importer && cut === source.cut),
  );
  if (taken !== undefined)
    throw new AppError(
      'BAD_INPUT',
      `That account already has readings of its own (${taken.label}), and two cannot be told apart afterwards. Nothing was changed. Remove this connection and add it anew with that account, or choose another account.`,
    );
  for (const { id } of own) moveSource(db, id, to);
  for (const { id } of connectionsOf(db, from, provider)) moveConnection(db, id, to);
  const left = all.filter(({ account_id }) => account_id === from);
  openBook(context).resettle([...own, ...left].map(({ id }) => id));
}
