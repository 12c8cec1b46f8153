import type { Json } from './json.ts';
import type { Evidence, ImportedRecord } from './record.ts';

/** What one row, line or message turned out to be. Importers return these and never throw for a line. */
export type RowOutcome =
  | { readonly kind: 'record'; readonly record: ImportedRecord }
  /** One row that states several records (all share the row's line number). */
  | { readonly kind: 'records'; readonly records: readonly ImportedRecord[] }
  /** Repeats usage that is already counted (re-emitted counters, replayed history). */
  | { readonly kind: 'duplicate' }
  /** Not usage by the format's own rules (empty bucket, summary row, other event): counted nowhere. */
  | { readonly kind: 'skip'; readonly reason: string }
  /** Claims usage but cannot be trusted; `reason` is a short sentence for the user, e.g. `cost "n/a" is not a number`. */
  | { readonly kind: 'refuse'; readonly reason: string };

/** A setting a user can give an importer; forms, CLI flags and docs are drawn from it. */
export interface DeclaredSetting {
  readonly id: string;
  readonly label: string;
  readonly kind: 'text' | 'folder' | 'secret';
  readonly help: string;
}

interface ImporterFacts {
  readonly spec: 1;
  /** Stable id, used by `--as` and in the ledger: `openai-cost`, `claude-code` … */
  readonly id: string;
  readonly label: string;
  /** Provider id of the vendor or tool maker; the default account is named after it. */
  readonly vendor: string;
  readonly vendorLabel: string;
  /** Its records come from any vendor: accounts follow the provider each record names. */
  readonly anyVendor?: true;
  readonly evidence: Evidence;
  /**
   * Whom a record speaks for: `account` sees every call of the account on its days (a vendor's export),
   * `tool` only the calls this tool made. An account-wide witness stands in for the others on its days.
   */
  readonly coverage: 'account' | 'tool';
  /** What the witness says about usage: single calls, counted buckets, token sums without calls, or nothing. */
  readonly usage: 'calls' | 'buckets' | 'tokens' | 'none';
  /** Kind of account its records go to until the user says otherwise. */
  readonly accountKind: 'api' | 'plan' | 'local';
  /**
   * What happens to a second record with the same key: `first` keeps, `last` replaces (a bucket that grew),
   * `max` takes the larger of each counter and the earlier time.
   */
  readonly merge: 'first' | 'last' | 'max';
  /**
   * Rows of one file with one key are parts of one bucket and add up, in whatever order a later export has them; only
   * what two files say of it is merged.
   */
  readonly rowsAddUp?: true;
  /** Whether keys are unique in the world (vendor call ids) or only within one source. */
  readonly keyScope: 'global' | 'source';
  /**
   * With global keys: whose ids they are, where one vendor's export comes in several file forms read by importers of
   * their own (a CSV and a JSONL name a call by the same id). Left out, the importer's own.
   */
  readonly keySpace?: string;
  /** Its rows hold prompts and replies: of a refused one, line and reason are kept and never its text. */
  readonly holdsPrompts?: true;
  /** What is known of its accuracy, one or two sentences for people. */
  readonly accuracy: string;
  /** How to obtain the file, or where the tool keeps it: one sentence. */
  readonly howToGet: string;
  /** Network origins it needs: importers need none. */
  readonly hosts: readonly string[];
  readonly settings: readonly DeclaredSetting[];
}

export interface TableFile {
  readonly fileName: string;
  /** Header cells as written, trimmed. */
  readonly header: readonly string[];
  /** Lines before the header, when there were any. */
  readonly preamble: readonly string[];
  /** `.` or `,`: how this file writes decimals, as found by sniffing; undefined when nothing told. */
  readonly decimal: '.' | ',' | undefined;
  /** The first rows below the header, at most 100: tells how the export was grouped. */
  readonly sample: readonly (readonly string[])[];
  readonly now: number;
}

/** Reads the rows of one file. `cells` has as many entries as the row had; a missing cell reads as undefined. */
export interface TableReader {
  row(cells: readonly string[]): RowOutcome;
  /** Sentences about plausibility checks that failed over the whole file. */
  end?(): readonly string[];
}

/** A format of delimited text with a header. */
export interface TableImporter extends ImporterFacts {
  readonly kind: 'table';
  /** `columns` are the header's names, trimmed and lower-cased. True only when the fingerprint is certain. */
  matches(columns: ReadonlySet<string>): boolean;
  open(file: TableFile): TableReader;
}

export interface LogEnvironment {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A folder (or single file) a tool keeps its records in. */
export interface LogLocation {
  readonly path: string;
  /** `default`, or the name of the environment variable that says so. */
  readonly why: string;
  /** Set where the file at `path` is a list of other places: the paths its content names. */
  readonly leadsTo?: (content: string) => readonly string[];
}

/** How a file is read: appended lines, a whole JSON document, or an SQLite database. */
export type LogFileKind = 'lines' | 'document' | 'database';

export interface LogFile {
  readonly path: string;
  /** Path below its location, with `/`; the file's name for a dropped file. */
  readonly relativePath: string;
  /** When it was last written, UTC ms: the only time there is where lines state none. */
  readonly modifiedAt: number;
  /** Content of a small file beside it, '' for a folder, or null: for names of projects and the like. Never large, never followed out of the location. */
  sibling(relativePath: string): string | null;
}

/** The wanted fields of a line that is a JSON object, found without making anything of the rest. The next line takes its place. */
export interface LineFields {
  /**
   * A field by its place in the importer's list, as JSON.parse gives it; undefined where missing, also where the object it
   * should stand in is none.
   */
  value(field: number): unknown;
  /** The line as JSON.parse gives it, with nothing but the wanted fields. */
  entry(): { readonly [name: string]: unknown };
}

/** A reader of appended lines. Its state survives between scans as JSON: a later scan goes on where this one ended. */
export interface LineReader {
  line(text: string): RowOutcome;
  /**
   * What `line` would make of the same line, from the fields the importer names alone; null where that does not tell. A
   * line whose fields could not be found goes to `line`.
   */
  fields?(line: LineFields): RowOutcome | null;
  state(): Json;
}

/** Read-only SQL on a tool's database. Rows are plain objects; integers come as numbers, BLOBs as Uint8Array. */
export interface ReadonlyDatabase {
  query(sql: string, ...params: readonly (string | number)[]): Iterable<Readonly<Record<string, unknown>>>;
  hasTable(name: string): boolean;
}

/** A tool's records on this machine: found by `scan`, or dropped on the window like any file. */
export interface LogImporter extends ImporterFacts {
  readonly kind: 'log';
  locations(environment: LogEnvironment): readonly LogLocation[];
  /** How to read a file below a location, or null when it holds no usage. */
  fileKind(relativePath: string): LogFileKind | null;
  /** Whether a dropped file is of this format, from its first 64 KiB as text (or the table names of a database). */
  recognises(head: string): boolean;
  recognisesDatabase?(db: ReadonlyDatabase): boolean;
  /** A line that contains none of these (ASCII) is passed over unread. */
  readonly needles: readonly string[];
  /**
   * With readers that take fields: the paths of those they look at, like `message.usage.input_tokens`, at most 40. Never
   * a path and what lies inside of it.
   */
  readonly fields?: readonly string[];
  openLines?(file: LogFile, state: Json | null): LineReader;
  /** Every usage in a whole JSON document; `line` is 1-based where known, else 0. */
  readDocument?(
    text: string,
    file: LogFile,
  ): Iterable<{ readonly line: number; readonly outcome: RowOutcome }>;
  readDatabase?(
    db: ReadonlyDatabase,
    file: LogFile,
  ): Iterable<{ readonly line: number; readonly outcome: RowOutcome }>;
}

export type Importer = TableImporter | LogImporter;

/**
 * An export that is known for certain and must not be counted, because its figures are wrong or stand in another
 * export too. It is recognised like any format, so that the file is refused as a whole with the reason.
 */
export interface RefusedExport extends Pick<TableImporter, 'matches'>, Pick<LogImporter, 'recognises'> {
  readonly id: string;
  readonly label: string;
  /** What is wrong with it and what to import instead: sentences for the user. */
  readonly reason: string;
}

/** A tool whose files on this machine tell no usage: people are told so, and what to import instead. */
export interface UnusableTool extends Pick<RefusedExport, 'id' | 'label' | 'reason'> {
  locations(environment: LogEnvironment): readonly LogLocation[];
  /** What to import or do instead: a sentence for the user. */
  readonly instead: string;
  /** Whether a database is this tool's, from the statements that made its tables. */
  isSchema?(ddl: string): boolean;
}
