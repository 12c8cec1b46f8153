import type { Connection } from '../../../src-preload/contract/connections.ts';

/** Whose money a connection is about, where its name does not say so already; else the key it stands on. */
export function payerWords({ name, account, secrets }: Connection, label: string): string {
  if (account !== name && account !== label) return `for ${account}`;
  return secrets[0] ? `key …${secrets[0].endsWith}` : 'no key';
}

/** When it is read next, or why it is not. `due` is the time in words, null where nothing is due. */
export function nextWords({ paused, reports }: Connection, isAllPaused: boolean, due: string | null): string {
  if (paused || isAllPaused) return 'paused';
  if (due !== null) return `next ${due}`;
  const other = reports.find((report) => report.readBy !== undefined)?.readBy;
  return other === undefined ? 'not due' : `read by ${other}`;
}
