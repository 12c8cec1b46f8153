import type { LineReader, RowOutcome } from '../../platform/importer.ts';
import type { Read } from './documents.ts';
import { type Fields, fieldsOf, notJson, parseFields } from './json-fields.ts';

const noObject: RowOutcome = { kind: 'refuse', reason: 'the entry is no JSON object' };

/** One JSON object per line, read one by one. */
export function rowsByLine(outcomeOf: (row: Fields) => RowOutcome): LineReader {
  return {
    line(text) {
      const row = parseFields(text);
      return row === null ? notJson : outcomeOf(row);
    },
    state: () => null,
  };
}

/** The rows of an export that is one JSON array; one object stands for itself, and lines of objects are read as such. */
export function* rowsOfDocument(text: string, outcomeOf: (row: Fields) => RowOutcome): Generator<Read, void> {
  const whole = parsed(text);
  if (whole === undefined) return yield* rowsOfLines(text, outcomeOf);
  for (const row of Array.isArray(whole) ? whole : [whole]) {
    const fields = fieldsOf(row);
    yield { line: 0, outcome: fields === undefined ? noObject : outcomeOf(fields) };
  }
}

/** An export of lines that was saved as `.json`; a file with no line of JSON is no such thing. */
function* rowsOfLines(text: string, outcomeOf: (row: Fields) => RowOutcome): Generator<Read, void> {
  const lines = text.split('\n').map((line, index) => ({ text: line.trim(), number: index + 1 }));
  const rows = lines.filter((line) => line.text !== '');
  if (!rows.some((line) => parseFields(line.text) !== null))
    return yield { line: 0, outcome: { kind: 'refuse', reason: 'the file is not valid JSON' } };
  const reader = rowsByLine(outcomeOf);
  for (const line of rows) yield { line: line.number, outcome: reader.line(line.text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
