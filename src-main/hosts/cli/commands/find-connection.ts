import type { Connection } from '../../../../src-preload/contract/connections.ts';
import { AppError } from '../../../platform/error.ts';
import { UsageError } from '../failure.ts';
import type { Ask } from '../session.ts';
import { suggestion } from '../suggestion.ts';

/** Connections by number, name, or vendor; all of a vendor's where it has several. Throws NOT_FOUND with what there is. */
export async function findConnections(ask: Ask, text: string): Promise<readonly Connection[]> {
  const { connections } = await ask('connections.list', {});
  const wanted = text.toLowerCase();
  const named = connections.filter(
    ({ id, name }) => name.toLowerCase() === wanted || `${id}` === text.replace(/^#/, ''),
  );
  if (named.length > 0) return named;
  const ofVendor = connections.filter(({ provider }) => provider === wanted);
  if (ofVendor.length > 0) return ofVendor;
  if (connections.length === 0) throw noConnections();
  const names = connections.map(({ name }) => name);
  throw new AppError(
    'NOT_FOUND',
    `There is no connection ${text}.${suggestion(text, names)} There are ${names.join(', ')}.`,
  );
}

/** The one connection that is meant. */
export async function findConnection(ask: Ask, text: string): Promise<Connection> {
  const found = await findConnections(ask, text);
  const [one] = found;
  if (one !== undefined && found.length === 1) return one;
  throw new UsageError(
    `${text} has several connections. Name one: ${found.map(({ name }) => `"${name}"`).join(', ')}.`,
  );
}

export function noConnections(): AppError {
  return new AppError(
    'NO_KEY',
    'No vendor is connected yet. Add a key with llmlab keys set PROVIDER; llmlab providers lists them.',
  );
}
