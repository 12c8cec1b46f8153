import type { FormatGuess, Mapping, Preview } from '../../../src-preload/contract/imports.ts';

export type UnknownPreview = Extract<Preview, { kind: 'unknown' }>;
export type Role = keyof Mapping['columns'];

/** What a column can give, in the order the mapper offers it. */
export const roles: readonly { readonly role: Role; readonly label: string; readonly hint: string }[] = [
  { role: 'date', label: 'Date or time', hint: 'When it happened. Needed.' },
  { role: 'model', label: 'Model', hint: 'Needed to price tokens.' },
  { role: 'cost', label: 'Cost', hint: 'Money as the file states it.' },
  { role: 'currency', label: 'Currency', hint: 'Three letters per row.' },
  { role: 'requests', label: 'Requests', hint: 'Calls a row stands for; 1 when left out.' },
  { role: 'input', label: 'Input tokens', hint: 'Prompt tokens.' },
  { role: 'cacheRead', label: 'Cache read', hint: 'Prompt tokens served from cache.' },
  { role: 'cacheWrite', label: 'Cache write', hint: 'Prompt tokens written to cache.' },
  { role: 'output', label: 'Output tokens', hint: 'Answer tokens, reasoning included.' },
  { role: 'reasoning', label: 'Reasoning', hint: 'Part of the output tokens.' },
  { role: 'provider', label: 'Provider', hint: 'Who serves and bills it.' },
  { role: 'project', label: 'Project', hint: 'Project, key or workspace.' },
  { role: 'session', label: 'Session', hint: 'Conversation or run.' },
  { role: 'callId', label: 'Call id', hint: "The vendor's id: the same id is counted once." },
];

/** The mapper's answers so far. `open` are the questions the sample could not answer and nobody has yet. */
export interface MappingDraft {
  readonly mapping: Mapping;
  readonly open: readonly string[];
  /** Questions the user has answered: a new guess asks them again only where it knows better. */
  readonly told: readonly string[];
  /** Columns whose cells were looked at; others than the mapping's while that is still to come. */
  readonly guessedFor: Mapping['columns'];
}

export function startDraft(preview: UnknownPreview): MappingDraft {
  return { mapping: preview.guess, open: preview.open, told: [], guessedFor: preview.guess.columns };
}

/** The role a column has been given, or null. */
export function roleOf(mapping: Mapping, column: string): Role | null {
  const entry = Object.entries(mapping.columns).find(([, name]) => name === column);
  return entry ? (entry[0] as Role) : null;
}

/** Gives `column` a role (null: none). A role has one column and a column one role, so both are freed first. */
export function assignRole(draft: MappingDraft, column: string, role: Role | null): MappingDraft {
  const kept = Object.entries(draft.mapping.columns).filter(([key, name]) => name !== column && key !== role);
  const columns: Partial<Record<string, string>> = Object.fromEntries(
    role === null ? kept : [...kept, [role, column]],
  );
  return {
    ...draft,
    mapping: { ...draft.mapping, columns: { ...columns, date: columns.date ?? '' } },
  };
}

/** Answers one question below the columns; answering it closes it. */
export function answer<K extends keyof Omit<Mapping, 'columns'>>(
  draft: MappingDraft,
  key: K,
  value: Mapping[K],
): MappingDraft {
  return {
    ...draft,
    mapping: { ...draft.mapping, [key]: value },
    open: draft.open.filter((name) => name !== key),
    told: [...new Set([...draft.told, key])],
  };
}

/** Whether the cells of chosen columns have yet to say how they are written. */
export function isGuessing({ mapping, guessedFor }: MappingDraft): boolean {
  return mapping.columns !== guessedFor;
}

/** Roles whose cells tell how something is written. */
const tellers = {
  dateFormat: ['date'],
  decimal: ['cost', 'requests', 'input', 'cacheRead', 'cacheWrite', 'output', 'reasoning'],
  currency: ['cost', 'currency'],
  inputIncludesCache: ['input', 'cacheRead', 'cacheWrite'],
} as const satisfies Partial<Record<keyof Mapping, readonly Role[]>>;

/**
 * Takes over how the cells of newly chosen columns are written. Only what other columns tell than before is taken;
 * where their cells leave it open, the user's earlier answer stays.
 */
export function reguess(draft: MappingDraft, guess: FormatGuess): MappingDraft {
  const changed = (Object.keys(tellers) as (keyof typeof tellers)[]).filter((key) =>
    tellers[key].some((role) => draft.guessedFor[role] !== draft.mapping.columns[role]),
  );
  const isOpen = (key: string) => guess.open.includes(key);
  const taken = changed.filter((key) => !isOpen(key) || !draft.told.includes(key));
  const told = draft.told.filter((key) => !taken.some((name) => name === key));
  const kept = draft.open.filter((key) => !changed.some((name) => name === key));
  return {
    mapping: { ...draft.mapping, ...Object.fromEntries(taken.map((key) => [key, guess[key]])) },
    open: [...kept, ...taken.filter(isOpen)],
    told,
    guessedFor: draft.mapping.columns,
  };
}

/** What is still missing before the file can be previewed, as sentences; empty when nothing is. */
export function missingIn(draft: MappingDraft): readonly string[] {
  const { columns, name, currency, provider } = draft.mapping;
  const missing: string[] = [];
  if (columns.date === '') missing.push('Choose the column with the date.');
  if (!roles.some(({ role }) => measures.has(role) && columns[role] !== undefined)) {
    missing.push('Choose a column with money, tokens or requests.');
  }
  if (draft.open.includes('dateFormat')) missing.push('Choose how dates are written.');
  if (draft.open.includes('decimal')) missing.push('Choose the decimal sign.');
  if (columns.cost !== undefined && columns.currency === undefined && !/^[A-Z]{3}$/.test(currency)) {
    missing.push('Name the currency with three letters.');
  }
  if (columns.provider === undefined && provider.trim() === '') missing.push('Name the provider.');
  if (name.trim() === '') missing.push('Give the mapping a name.');
  return missing;
}

/** Up to `limit` different values of a column, as written, empty cells left out. */
export function samplesOf(preview: UnknownPreview, column: string, limit = 3): readonly string[] {
  const index = preview.header.indexOf(column);
  const values = preview.sample.map((row) => row[index]?.trim() ?? '').filter((value) => value !== '');
  return [...new Set(values)].slice(0, limit);
}

const measures: ReadonlySet<Role> = new Set([
  'cost',
  'requests',
  'input',
  'cacheRead',
  'cacheWrite',
  'output',
  'reasoning',
]);
