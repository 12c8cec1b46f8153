import type { AuditEntry } from '../../../src-preload/contract/vault.ts';

const actions: Readonly<Record<string, string>> = {
  'account.added': 'Account added',
  'account.changed': 'Account changed',
  'account.removed': 'Account removed',
  'audit.sealed': 'Log sealed by the vault',
  'connection.added': 'Connection added',
  'connection.changed': 'Connection changed',
  'connection.removed': 'Connection removed',
  'key.not-saved': 'Key not saved',
  'key.removed': 'Key removed',
  'key.saved': 'Key saved',
  'ledger.restored': 'Ledger restored',
  'price.alias-removed': 'Alias removed',
  'price.alias-saved': 'Alias saved',
  'price.removed': 'Price removed',
  'price.saved': 'Price saved',
  'setting.changed': 'Setting changed',
  'source.moved': 'Source moved',
  'sync.interval': 'Sync interval changed',
  'sync.paused': 'Sync paused',
  'sync.resumed': 'Sync resumed',
  'vault.exported': 'Keys exported',
  'vault.imported': 'Keys imported',
  'vault.passphrase-removed': 'Passphrase removed',
  'vault.passphrase-set': 'Passphrase set',
  'vault.rotated': 'Data key renewed',
  'witness.chosen': 'Counting source chosen',
};

/** What was done; an action this window does not know by name is shown as it was written. */
export const actionOf = ({ action }: AuditEntry): string => actions[action] ?? action;

type Facts = Readonly<Record<string, unknown>>;

/** What it was and what it became, in a line: `theme: system → dark`, `name: Work → Home`. */
export function changeOf({ details }: AuditEntry): string {
  const { from, to, ...rest } = details;
  const facts = Object.entries(rest)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => `${wordsOf(name)}: ${text(value)}`);
  return [...differences(from, to), ...facts].join(', ');
}

function differences(from: unknown, to: unknown): string[] {
  if (from === undefined && to === undefined) return [];
  if (!isFacts(from) && !isFacts(to)) return [`${text(from)} → ${text(to)}`];
  const [before, after]: [Facts, Facts] = [isFacts(from) ? from : {}, isFacts(to) ? to : {}];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => text(before[name]) !== text(after[name]) && name !== 'id')
    .map((name) => {
      // Added or removed as a whole: only one side says something.
      if (!isFacts(from)) return `${wordsOf(name)}: ${text(after[name])}`;
      if (!isFacts(to)) return `${wordsOf(name)}: ${text(before[name])}`;
      return `${wordsOf(name)}: ${text(before[name])} → ${text(after[name])}`;
    });
}

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const names: Readonly<Record<string, string>> = {
  accountId: 'account no.',
  baseUrl: 'address',
  isLocal: 'on own network',
};

/** `requestsPerMinute` is `requests per minute`. */
const wordsOf = (name: string): string =>
  names[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === '{}' ||
    (isFacts(value) && Object.keys(value).length === 0)
  );
}

function text(value: unknown): string {
  if (isEmpty(value)) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const hosts: Readonly<Record<string, string>> = {
  electron: 'app',
  web: 'browser',
  cli: 'command line',
};

/** Through which host it came. */
export const actorOf = ({ actor }: AuditEntry): string => hosts[actor] ?? actor;
