import type { RowOutcome } from '../../platform/importer.ts';
import { openRowScanner } from './csv.ts';
import { openText } from './decode.ts';
import type { TextFacts } from './text.ts';

type RowTrouble = Extract<RowOutcome, { kind: 'refuse' | 'skip' }>;

export interface RowSink {
  /**
   * One row below the header. `cells` are as written (not trimmed), `line` is 1-based, `raw` is the row's text
   * without its line end: what identifies a row that has no key. Both may keep a chunk of the file alive.
   */
  row(cells: readonly string[], line: number, raw: string): void;
  /** A row no format can read (refuse) or that states nothing (skip); `raw` is cut where it is very long. */
  other(outcome: RowTrouble, line: number, raw: string): void;
  /** Bytes of the file read so far; called about once per MiB. */
  progress?(bytesRead: number): void;
}

/**
 * Reads every row below the header, synchronously, in chunks. `stop` is asked once per chunk; when it says true
 * the reading ends early. Blank lines are ignored. Throws FILE_UNREADABLE when the bytes are not the text they
 * began as: the file then counts for nothing.
 */
export function readRows(path: string, facts: TextFacts, sink: RowSink, stop: () => boolean): void {
  const source = openText(path, facts.encoding, facts.bomBytes);
  try {
    const check = openCheck(facts, sink);
    const scanner = openRowScanner(facts.delimiter, check);
    for (let text = source.next(); ; text = source.next()) {
      if (stop()) return;
      if (text !== null) check.look(text);
      scanner.push(text ?? '', text === null);
      sink.progress?.(source.position());
      if (text === null) return;
    }
  } finally {
    source.close();
  }
}

/** Passes rows on, except those above the data and those that no importer should have to know about. */
function openCheck(facts: TextFacts, sink: RowSink) {
  const columns = facts.header.length;
  let mayHoldNul = false;

  function troubleWith(cells: readonly string[], raw: string): RowTrouble | undefined {
    if (mayHoldNul && raw.includes('\0')) return refuse('the row holds a NUL character');
    if (raw === facts.headerRaw) return { kind: 'skip', reason: 'the header again' };
    if (cells.length > columns && cells.some((cell, index) => index >= columns && cell.trim() !== ''))
      return refuse(`the row has ${cells.length} fields, the header ${columns}`);
    if (cells[0]?.trim() === '' && cells.every((cell) => cell.trim() === ''))
      return { kind: 'skip', reason: 'an empty row' };
    return undefined;
  }

  return {
    look(text: string): void {
      mayHoldNul ||= text.includes('\0');
    },
    row(cells: readonly string[], line: number, raw: string): void {
      if (line <= facts.headerLine) return;
      const trouble = troubleWith(cells, raw);
      if (trouble) sink.other(trouble, line, raw);
      else sink.row(cells, line, raw);
    },
    broken(reason: string, line: number, raw: string): void {
      if (line > facts.headerLine) sink.other(refuse(reason), line, raw);
    },
  };
}

function refuse(reason: string): RowTrouble {
  return { kind: 'refuse', reason };
}
