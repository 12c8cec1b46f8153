import type { Problem } from '../../../src-preload/contract/imports.ts';

/** Refused rows as CSV (RFC 4180, CRLF). Cells that a spreadsheet would run as a formula get a leading apostrophe. */
export function problemsCsv(fileName: string, problems: readonly Problem[]): string {
  const rows = problems.map(({ line, reason, raw }) => [
    fileName,
    line > 0 ? String(line) : '',
    reason,
    raw ?? '',
  ]);
  return [['file', 'line', 'reason', 'raw row'], ...rows]
    .map((cells) => `${cells.map(cell).join(',')}\r\n`)
    .join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
