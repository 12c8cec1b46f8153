import { limits } from './limits.ts';

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
const tooLong = 'the line is longer than 16 MiB';

export interface RowHandler {
  /** A row as it stands in the file: `line` is the number of its first line, `raw` its text without the line end. */
  row(cells: readonly string[], line: number, raw: string): void;
  /** A line that cannot be read as a row. */
  broken(reason: string, line: number, raw: string): void;
}

export interface RowScanner {
  /** Hands on every row that is complete in what was pushed so far; `last` says that nothing follows. */
  push(text: string, last: boolean): void;
  /** Ends the scan after this row; a handler may call it. */
  stop(): void;
}

type Row =
  | {
      readonly kind: 'row';
      readonly cells: readonly string[];
      readonly end: number;
      readonly newlines: number;
    }
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly reason: string };

interface QuotedText {
  readonly delimiter: string;
  /** Where the line ends that holds a place; Infinity when the text ends first. Asked for rising places only. */
  readonly endOfLine: (from: number) => number;
}

interface QuotedRow extends Pick<QuotedText, 'endOfLine'> {
  readonly lineEnd: number;
  readonly last: boolean;
}

/**
 * RFC 4180 rows out of text that arrives in pieces. Lines end with LF, CRLF or CR; blank lines are passed over.
 * A quote that is never closed, or is followed by text, costs its own line only: reading goes on with the next.
 */
export function openRowScanner(delimiter: string, handler: RowHandler): RowScanner {
  let rest = '';
  let line = 1;
  let skipping = false;
  let stopped = false;

  function push(chunk: string, last: boolean): void {
    const text = rest === '' ? chunk : rest + chunk;
    const used = scan(text, skipping ? skipToNewline(text, last) : 0, last);
    rest = text.slice(used);
    if (!last && rest.length > limits.lineChars) {
      if (!skipping) handler.broken(tooLong, line, rest.slice(0, 1000));
      skipping = true;
      rest = '';
    }
  }

  /** Passes over the rest of a line that was too long. */
  function skipToNewline(text: string, last: boolean): number {
    const end = text.search(/[\r\n]/);
    if (end === -1) return text.length;
    const next = afterNewline(text, end, last);
    if (next === -1) return end;
    skipping = false;
    line++;
    return next;
  }

  function scan(text: string, from: number, last: boolean): number {
    let at = from;
    let feed = -1;
    let ret = -1;
    let mark = -1;
    const endOfLine = (from: number): number => {
      if (feed < from) feed = find(text, '\n', from);
      if (ret < from) ret = find(text, '\r', from);
      return Math.min(feed, ret);
    };
    while (at < text.length && !stopped && !skipping) {
      const end = endOfLine(at);
      if (mark < at) mark = find(text, '"', at);
      if (end === Infinity && !last) return at;
      const feedBefore = feed;
      const retBefore = ret;
      const lineEnd = end === Infinity ? text.length : end;
      const next =
        mark < lineEnd
          ? quotedRow(text, at, { lineEnd, endOfLine, last })
          : plainRow(text, at, lineEnd, last);
      if (next === -1) return at;
      if (next <= lineEnd + 2) {
        // A row given up goes on with its second line, which lies before what was looked at.
        feed = feedBefore;
        ret = retBefore;
      }
      at = next;
    }
    return at;
  }

  function plainRow(text: string, at: number, end: number, last: boolean): number {
    const next = afterNewline(text, end, last);
    if (next === -1) return -1;
    const raw = text.slice(at, end);
    if (raw.length > limits.columns) deliver(raw.split(delimiter, limits.columns + 1), raw);
    else if (!isBlank(raw)) handler.row(raw.split(delimiter), line, raw);
    line++;
    return next;
  }

  function quotedRow(text: string, at: number, { lineEnd, endOfLine, last }: QuotedRow): number {
    const row = parseQuoted(text, at, { delimiter, endOfLine });
    if (row.kind === 'open' && !last && text.length - at <= limits.lineChars) return -1;
    if (row.kind !== 'row') {
      const next = afterNewline(text, lineEnd, last);
      if (next === -1) return -1;
      const reason = row.kind === 'open' ? 'a quote opens here and is never closed' : row.reason;
      handler.broken(reason, line, text.slice(at, Math.min(lineEnd, at + 1000)));
      line++;
      return next;
    }
    if (row.end === text.length && !last) return -1;
    const next = afterNewline(text, row.end, last);
    if (next === -1) return -1;
    deliver(row.cells, text.slice(at, row.end));
    line += row.newlines + 1;
    return next;
  }

  function deliver(cells: readonly string[], raw: string): void {
    if (raw.length > limits.lineChars) handler.broken(tooLong, line, raw.slice(0, 1000));
    else if (cells.length > limits.columns)
      handler.broken('the row has more than 1,000 columns', line, raw.slice(0, 1000));
    else if (raw.length > limits.fieldChars && cells.some((cell) => cell.length > limits.fieldChars))
      handler.broken('a field is longer than 1 MiB', line, raw.slice(0, 1000));
    else handler.row(cells, line, raw);
  }

  return {
    push,
    stop: () => {
      stopped = true;
    },
  };
}

/** Reads one row that holds quotes, from `start`; it may span lines. Stretches without quotes are split at once. */
function parseQuoted(text: string, start: number, { delimiter, endOfLine }: QuotedText): Row {
  const cells: string[] = [];
  const quoteNext = `${delimiter}"`;
  let at = start;
  let newlines = 0;
  for (;;) {
    if (text.charCodeAt(at) === quote) {
      const close = closingQuote(text, at + 1);
      if (close === -1) return { kind: 'open' };
      const cell = text.slice(at + 1, close);
      newlines += countNewlines(cell);
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell);
      at = close + 1;
    } else {
      const line = text.slice(at, endOfLine(at));
      const next = line.indexOf(quoteNext);
      const stretch = next === -1 ? line : line.slice(0, next);
      for (const cell of stretch.split(delimiter)) cells.push(cell);
      at += stretch.length;
    }
    if (at >= text.length) return { kind: 'row', cells, end: text.length, newlines };
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) return { kind: 'row', cells, end: at, newlines };
    if (code !== delimiter.charCodeAt(0)) return { kind: 'broken', reason: 'text follows a closing quote' };
    at++;
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2);
  return at;
}

function countNewlines(cell: string): number {
  if (!cell.includes('\n') && !cell.includes('\r')) return 0;
  return cell.split(/\r\n|\r|\n/).length - 1;
}

/** Where the next line begins; -1 when a CR ends the text and an LF may still follow. */
function afterNewline(text: string, end: number, last: boolean): number {
  if (text.charCodeAt(end) !== carriageReturn) return end + 1;
  if (end + 1 === text.length && !last) return -1;
  return text.charCodeAt(end + 1) === lineFeed ? end + 2 : end + 1;
}

function isBlank(raw: string): boolean {
  return raw.length === 0 || (raw.charCodeAt(0) <= 32 && raw.trim() === '');
}

function find(text: string, char: string, from: number): number {
  const at = text.indexOf(char, from);
  return at === -1 ? Infinity : at;
}
