import type { LogFile, RowOutcome } from '../../platform/importer.ts';

/** One usage of a document, or why a part of it is none. */
export interface Read {
  readonly line: number;
  readonly outcome: RowOutcome;
}

/** Outcomes of a document have no line of their own. */
export function whole(outcome: RowOutcome): Read {
  return { line: 0, outcome };
}

export const notADocument: Read = whole({ kind: 'refuse', reason: 'the file is not valid JSON' });

/** The file's name, without folders and without what the pattern finds in it. */
export function nameWithout(file: LogFile, ending: RegExp): string {
  return file.relativePath.replace(/^.*\//, '').replace(ending, '');
}
